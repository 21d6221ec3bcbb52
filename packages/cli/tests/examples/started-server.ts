import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBeckon, type Beckon } from '@beckon/client'
import { install } from '../installation.ts'

/** The server as `beckon demo` starts it, and the business that has its credentials. */
export interface StartedServer extends AsyncDisposable {
  readonly deploymentId: string
  readonly beckon: Beckon
  /** What an integrator's program is told. */
  readonly env: { readonly BECKON_URL: string; readonly BECKON_CLIENT_ID: string; readonly BECKON_CLIENT_SECRET: string }
}

type Deployment = Awaited<ReturnType<Beckon['getDeployment']>>
type Changes = Parameters<Beckon['updateDeployment']>[1]

export async function startServer(): Promise<StartedServer> {
  await using starting = new AsyncDisposableStack()
  const installation = starting.use(await install())
  await installation.launch('demo').line()
  const { url, clientId, clientSecret } = JSON.parse(await readFile(join(installation.dataDir, 'ready.json'), 'utf8'))
  const { deploymentId } = JSON.parse(await (await fetch(`${url}/demo/config.json`)).text())
  const beckon = createBeckon({ url, clientId, clientSecret })
  // All visitors come from one machine here, and within a minute.
  await changeDeployment({ beckon, deploymentId }, { limits: { connectionsPerMinute: 10_000 } })
  const running = starting.move()
  return {
    deploymentId,
    beckon,
    env: { BECKON_URL: url, BECKON_CLIENT_ID: clientId, BECKON_CLIENT_SECRET: clientSecret },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Answers how it was before. */
export async function changeDeployment({ beckon, deploymentId }: Pick<StartedServer, 'beckon' | 'deploymentId'>, changes: Changes): Promise<Deployment> {
  let ifMatch = ''
  const before = await beckon.getDeployment(deploymentId, { onAnswer: ({ headers }) => (ifMatch = headers.get('etag') ?? '') })
  await beckon.updateDeployment(deploymentId, changes, { ifMatch })
  return before
}
