import { minutes, plus, seconds, StoreUnavailable, toId, type Change, type Clock, type Conversation, type Timer, type Work } from '@beckon/core'
import { aContact, aConversation, aDeployment, aMessage, createFakeClock, createFakeTimers, createSequenceIds, newYear } from '@beckon/core/testing'
import { storeContract } from '@beckon/core/testing/contracts/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { ask, openSession } from '../../testing/services/postgres-session.ts'
import { parseMigration } from '../sql/migrations.ts'
import { programMigrations } from './migrate.ts'
import { openPostgresStore, type PostgresStore } from './open.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres()
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

const open = async ({ url, ...given }: { readonly url?: string; readonly clock?: Clock; readonly keyPrint?: string; readonly known?: ReturnType<typeof programMigrations> } = {}): Promise<PostgresStore> => {
  const clock = createFakeClock()
  return openPostgresStore({ url: url ?? (await cluster.createDatabase()), clock, timers: createFakeTimers(clock), ids: createSequenceIds(), ...given })
}
const write = (store: PostgresStore, ...changes: readonly Change[]): Promise<void> => store.transact({ need: {}, decide: () => ({ result: undefined, changes }) })
const put = (store: PostgresStore, id: string): Promise<void> =>
  write(store, { kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: aContact({ id: toId(id) }) })

storeContract(open)

describe('a PostgreSQL store', () => {
  test('has what was committed when it is opened again, in the same epoch', async () => {
    const url = await cluster.createEmptyDatabase()
    const before = await open({ url })
    await put(before, 'contact-1')
    await before[Symbol.asyncDispose]()

    await using after = await open({ url })

    expect(await after.contact(toId('contact-1'))).toMatchObject({ id: 'contact-1' })
    expect(after.epoch).toBe(before.epoch)
    expect(before.migrated.applied).toContain('0001-init.sql')
    expect(after.migrated.applied).toEqual([])
  })

  test('commits what is waiting when it is disposed of, and refuses what comes after', async () => {
    const url = await cluster.createDatabase()
    const store = await open({ url })
    const written = put(store, 'contact-1')
    await store[Symbol.asyncDispose]()

    await written
    await expect(put(store, 'contact-2')).rejects.toThrow(StoreUnavailable)
    await expect(store.ping()).rejects.toThrow(StoreUnavailable)
    await using again = await open({ url })
    expect(await again.contact(toId('contact-1'))).toBeDefined()
  })

  test('is one store for all who opened it: what one commits, the other reads', async () => {
    const url = await cluster.createDatabase()
    await using one = await open({ url })
    await using other = await open({ url })

    await put(one, 'contact-1')

    expect(await other.contact(toId('contact-1'))).toBeDefined()
    expect(other.epoch).toBe(one.epoch)
  })

  test('knows a server with another key than its first', async () => {
    const url = await cluster.createDatabase()
    await using first = await open({ url, keyPrint: 'one' })
    await using same = await open({ url, keyPrint: 'one' })
    await using other = await open({ url, keyPrint: 'other' })

    expect([first, same, other].map(({ hasSharedKey }) => hasSharedKey)).toEqual([true, true, false])
  })

  test('tells the time of the database, not that of the node', async () => {
    await using store = await open({ clock: createFakeClock() })

    const [before, after] = [await store.time(), await store.time()]

    expect(before).toBeGreaterThan(newYear)
    expect(after).toBeGreaterThanOrEqual(before)
  })

  test('goes on with new connections after its database was restarted', async () => {
    await using own = await startPostgres()
    await using store = await open({ url: await own.createDatabase() })
    await put(store, 'contact-1')
    await Promise.all(Array.from({ length: 5 }, () => store.ping()))

    await own.stopImmediately()
    await expect(store.ping()).rejects.toThrow(/ECONNREFUSED.*check BECKON_DATABASE_URL/)
    await own.restart()

    await store.ping()
    expect(await store.contact(toId('contact-1'))).toBeDefined()
  }, 30_000)

  test('answers whether it is there while all of its readers wait', async () => {
    const url = await cluster.createDatabase()
    await using store = await open({ url })
    const holder = await openSession(url)
    await holder.query('BEGIN; LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE')

    const waiting = Promise.allSettled(Array.from({ length: 20 }, () => store.contact(toId('contact-1'))))
    await store.ping()
    await holder.end()

    expect((await waiting).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'fulfilled'))
  })

  test('begins another epoch for those who stay up, too, when a replica takes over', async () => {
    await using own = await startPostgres()
    const url = await own.createDatabase()
    await using store = await open({ url })
    const before = store.epoch
    await ask(url, "DO $$ BEGIN EXECUTE format('COPY (SELECT 1) TO %L', current_setting('data_directory') || '/standby.signal'); END $$")

    await own.restart()
    await ask(url, 'SELECT pg_promote()')
    await store.ping()

    await expect.poll(() => store.epoch).not.toBe(before)
    await using another = await open({ url })
    expect(store.epoch).toBe(another.epoch)
  }, 30_000)
})

describe('an appointment', () => {
  const timer = (id: string): Timer => ({ id, dueAt: newYear, job: { kind: 'expire-session', contactId: toId('contact-1'), sessionId: toId('session-1') } })

  test('is claimed by one of three nodes that ask at the same time', async () => {
    const url = await cluster.createDatabase()
    await using stack = new AsyncDisposableStack()
    const nodes = await Promise.all([1, 2, 3].map(async () => stack.use(await open({ url }))))
    const ids = Array.from({ length: 60 }, (_, index) => `timer-${String(index)}`)
    for (const node of nodes.slice(0, 1)) await write(node, ...ids.map((id): Change => ({ kind: 'put-timer', timer: timer(id) })))

    const claims = await Promise.all(nodes.flatMap((node) => [1, 2, 3].map(() => node.claimTimers(newYear, minutes(1), 10))))

    expect(claims.flat().map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  test('that a dead node held is another’s when its lease ends, and not before', async () => {
    const url = await cluster.createDatabase()
    const dead = await open({ url })
    await write(dead, { kind: 'put-timer', timer: timer('timer-1') })
    expect(await dead.claimTimers(newYear, seconds(30), 10)).toHaveLength(1)
    await dead[Symbol.asyncDispose]()
    await using living = await open({ url })

    expect(await living.claimTimers(plus(newYear, seconds(29)), seconds(30), 10)).toEqual([])
    expect(await living.nextTimerAt()).toBe(plus(newYear, seconds(30)))
    expect(await living.claimTimers(plus(newYear, seconds(30)), seconds(30), 10)).toEqual([timer('timer-1')])
  })
})

test('a node that was there before goes on writing and reading while a newer one migrates', async () => {
  const url = await cluster.createDatabase()
  await using older = await open({ url })
  const conversation = aConversation()
  await put(older, 'contact-1')
  await write(older, { kind: 'put-conversation', conversation })
  for (let seq = 1; seq <= 10; seq += 1) await older.transact(sayNext(conversation))
  const additive = ['contacts', 'conversations', 'entries', 'events', 'timers', 'sessions'].map((table) => `ALTER TABLE ${table} ADD COLUMN later integer;`)
  const index = '-- compatible-with: 0005\n-- outside-a-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS late ON entries (at);\n'

  const migrated = openPostgresStoreOfNext(url, `-- compatible-with: 0005\n${additive.join('\n')}`, index)
  const written = (async () => {
    for (let seq = 11; seq <= 150; seq += 1) {
      await older.transact(sayNext(conversation))
      await older.events(0, 10, {})
      await older.entries(conversation.id, { limit: 5 })
    }
  })()

  await using newer = await migrated
  await written
  expect(newer.migrated.applied).toEqual(['9001-columns.sql', '9002-index.sql'])
  expect((await newer.entries(conversation.id, { limit: 500 })).map(({ seq }) => seq)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1))
  expect((await older.events(0, 500, {})).events).toHaveLength(150)
}, 30_000)

function openPostgresStoreOfNext(url: string, columns: string, index: string): Promise<PostgresStore> {
  return open({ url, known: [...programMigrations(), parseMigration('9001-columns.sql', columns), parseMigration('9002-index.sql', index)] })
}

function sayNext(conversation: Conversation): Work<undefined> {
  return {
    need: { contactId: conversation.contactId, conversationId: conversation.id },
    decide: (found) => {
      const seq = (found.conversation?.lastSeq ?? 0) + 1
      const entry = aMessage({ id: toId(`entry-${String(seq)}`), seq })
      return {
        result: undefined,
        changes: [
          { kind: 'put-conversation', conversation: { ...conversation, lastSeq: seq } },
          { kind: 'append-entry', entry },
          { kind: 'append-event', event: { type: 'message.created', at: entry.at, contactId: entry.contactId, conversationId: entry.conversationId, entrySeq: seq } },
        ],
      }
    },
  }
}
