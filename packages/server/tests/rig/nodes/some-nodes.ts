import { startNats, type NatsServer } from '../../../src/testing/services/nats-server.ts'
import { startPostgres, type PostgresCluster } from '../../../src/testing/services/postgres-cluster.ts'
import { anEnvironment } from '../environment.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { aTemporaryDirectory } from '../temporary-directory.ts'

export type NodeProcess = ServerProcess & { readonly url: string }

/** One installation: a database and perhaps NATS, both its own, and nodes in processes of their own. */
export interface Installation extends AsyncDisposable {
  readonly postgres: PostgresCluster
  readonly nats: NatsServer | undefined
  /** What every node of it is started with. */
  readonly env: Readonly<Record<string, string>>
  start(role: 'all' | 'web' | 'worker', more?: Readonly<Record<string, string>>): Promise<NodeProcess>
}

export async function anInstallation({ withNats }: { readonly withNats: boolean }): Promise<Installation> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(aTemporaryDirectory())
  const postgres = stack.use(await startPostgres())
  const nats = withNats ? stack.use(await startNats()) : undefined
  const env = {
    ...anEnvironment(`${folder.path}/unused`),
    BECKON_DATABASE_URL: await postgres.createDatabase(),
    BECKON_SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    BECKON_ATTACHMENTS_URL: `file://${folder.path}/files`,
    ...(nats ? { BECKON_NATS_URL: nats.url } : {}),
  }
  const owned = stack.move()
  return {
    postgres, nats, env,
    async start(role, more = {}) {
      const server = await startServerProcess({ env: { ...env, BECKON_ROLE: role, ...more } })
      owned.use(server)
      return server
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
