import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createBeckon, type Beckon } from '../src/index.ts'

/** The program as a user starts it, with a data folder that outlives it. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string
  readonly deploymentId: string
  readonly beckon: Beckon
  /** Kills it without a word of warning, and starts it again at the same address. */
  readonly crash: () => Promise<void>
}

const program = join(import.meta.dirname, '../../cli/src/main.ts')
const client = { clientId: 'demo', clientSecret: 'demo-secret-for-development-only' }

export async function startServer(): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-client-'))
  let running = await launch(dataDir, '0')
  const { url } = running
  const answer: unknown = await (await fetch(`${url}/demo/config.json`)).json()
  return {
    url,
    deploymentId: String(Object.values({ ...Object(answer) })[0]),
    beckon: createBeckon({ url, ...client }),
    crash: async () => {
      await running.kill()
      running = await launch(dataDir, new URL(url).port)
    },
    [Symbol.asyncDispose]: async () => {
      await running.kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function launch(
  dataDir: string,
  port: string,
): Promise<{ readonly url: string; readonly kill: () => Promise<void> }> {
  const env = { PATH: process.env['PATH'], BECKON_DATA_DIR: dataDir, BECKON_PORT: port }
  const server = spawn(process.execPath, [program, 'demo'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const kill = async (): Promise<void> => {
    if (server.kill('SIGKILL')) await once(server, 'close')
  }
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith('{"ready"')) return { url: String(Object(JSON.parse(line))['url']), kill }
  }
  throw new Error('the server ended before it was ready')
}
