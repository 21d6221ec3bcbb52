import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUseCases, instant, must, toId, type AccessToken, type ClientId, type Scope, type Store, type UseCases } from '@beckon/core'
import type { FastifyInstance } from 'fastify'
import { openAdapters } from '../compose/adapters.ts'
import { createEdges } from '../compose/edges.ts'
import { loadSettings } from '../config/load.ts'
import { createLog } from '../observability/log.ts'

export interface Issued {
  readonly token: string
  readonly clientId: ClientId
}

/** Everything a process serves, composed as it is when it starts, around a store that a test can stand in front of. */
export interface ComposedWorld extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly store: Store
  readonly useCases: UseCases
  readonly publicUrl: string
  /** A token of a new client with just these scopes; `given` makes it one that no longer counts. */
  issue(scopes: readonly Scope[], given?: Partial<AccessToken>): Promise<Issued>
}

export interface Given {
  readonly env?: Readonly<Record<string, string>>
  /** What callers' requests get to see of the store. */
  readonly standBefore?: (store: Store) => Store
}

export async function composeWorld({ env = {}, standBefore = (store) => store }: Given = {}): Promise<ComposedWorld> {
  await using opening = new AsyncDisposableStack()
  const dataDir = mkdtempSync(join(tmpdir(), 'beckon-composed-'))
  opening.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  const { settings } = loadSettings({ BECKON_DATA_DIR: dataDir, BECKON_RATE_LIMIT: '0', BECKON_LOG_LEVEL: 'silent', ...env })
  const log = createLog(settings.logLevel)
  const publicUrl = settings.publicUrl ?? 'https://chat.example'
  const adapters = await openAdapters(settings, log, opening)
  const store = standBefore(adapters.store)
  const seen = { ...adapters, store }
  const { app } = createEdges({ ...seen, useCases: createUseCases(seen), settings, publicUrl, appointments: { overdueSince: () => undefined } })
  opening.defer(() => app.close())
  await app.ready()
  const useCases = createUseCases(adapters)
  const stack = opening.move()
  return {
    app, useCases, publicUrl,
    store: adapters.store,
    async issue(scopes, given = {}) {
      const made = await useCases.createClient({ details: { name: 'Program', scopes } })
      const { client } = must(made.ok ? made.value : undefined, 'the client was made')
      const { secret, token } = await useCases.issueToken({ client, scopes })
      await adapters.store.transact({ need: {}, decide: () => ({ result: null, changes: [{ kind: 'put-token', token: { ...token, ...given } }] }) })
      return { token: secret, clientId: client.id }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export const longAgo = instant(0)
export const nowhereId = toId<'conversation'>('00000000-0000-7000-8000-ffffffffffff')
