import fc from 'fast-check'
import { toId, type Change, type Clock, type Committed, type ContactId, type Conversation, type Loaded, type Timers, type Work } from '@beckon/core'
import { aContact, aConversation, aDeployment, aMessage, anAttachment, aSession, createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { startPostgresProxy, type PostgresProxy } from '../../testing/services/postgres-proxy.ts'
import { ask, openSession } from '../../testing/services/postgres-session.ts'
import type { GroupCommit } from '../sql/group-commit.ts'
import { createSystemClock } from '../system/clock.ts'
import { createIdSource } from '../system/ids.ts'
import { createTimers } from '../system/timers.ts'
import { connect } from './connect.ts'
import { createGroupCommit } from './group-commit.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres()
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 30_000)

describe('nodes that write one log', () => {
  test('decide about one contact one after another, each seeing what the other node did', async () => {
    await using world = await openWorld({ nodes: 3 })
    const conversation = await world.settle('1')

    const seqs = await Promise.all(Array.from({ length: 300 }, (_, index) => world.node(index).transact(sayNext(conversation))))

    expect(seqs.toSorted((one, other) => one - other)).toEqual(countTo(300))
    expect(await world.ask('SELECT seq FROM entries ORDER BY seq')).toEqual(countTo(300).map((seq) => ({ seq })))
    expect(await world.ask('SELECT count(*)::integer AS places, (max(position) - min(position))::integer + 1 AS span FROM events')).toEqual([{ places: 300, span: 300 }])
  })

  test('tell their listeners of events in the order of the feed, however many batches are under way', async () => {
    await using world = await openWorld({ nodes: 2 })
    const threads = await Promise.all(countTo(12).map((name) => world.settle(String(name))))

    await Promise.all(Array.from({ length: 600 }, (_, index) => world.node(index).transact(sayNext(threads[index % 12] ?? noThread()))))

    for (const told of world.told) {
      const positions = told.flatMap(({ events }) => events.map(({ position }) => position))
      expect(positions.length).toBeGreaterThan(0)
      expect(positions).toEqual(positions.toSorted((one, other) => one - other))
    }
    const all = world.told.flat().flatMap(({ events }) => events)
    const stored = await world.ask('SELECT position::integer, conversation_id, entry_seq FROM events ORDER BY position')
    const inOrder = all.toSorted((one, other) => one.position - other.position)
    expect(inOrder.map(({ position, conversationId, entrySeq }) => ({ position, conversation_id: conversationId, entry_seq: entrySeq }))).toEqual(stored)
  })

  test('make one contact of a browser that arrives at two of them at the same moment', async () => {
    await using world = await openWorld({ nodes: 2 })
    await world.settle('1')
    const guestToken = { deploymentId: toId<'deployment'>('deployment-1'), hash: 'fresh' }
    const arrive = (name: string): Work<ContactId> => ({
      need: { guestToken },
      decide: ({ contact }) => (contact ? { result: contact.id, changes: [] } : begin(name)),
    })
    const begin = (name: string) => ({
      result: toId<'contact'>(name),
      changes: [
        { kind: 'put-contact', contact: aContact({ id: toId(name) }) },
        { kind: 'put-session', session: aSession({ id: toId(`session-${name}`), contactId: toId(name), tokenHash: 'fresh' }) },
      ] as const,
    })

    const contacts = await Promise.all(Array.from({ length: 20 }, (_, index) => world.node(index).transact(arrive(`guest-${String(index)}`))))

    expect(new Set(contacts).size).toBe(1)
    expect(await world.ask("SELECT count(*)::integer FROM sessions WHERE token_hash = 'fresh'")).toEqual([{ count: 1 }])
  })

  test('give an external id to one contact when several ask for it at the same moment, and the others see who has it', async () => {
    await using world = await openWorld({ nodes: 3 })
    const claim = (name: string): Work<string> => ({
      need: { externalId: 'crm-7' },
      decide: ({ contactWithExternalId: holder }) =>
        holder ? { result: holder.id, changes: [] } : { result: name, changes: [{ kind: 'put-contact', contact: aContact({ id: toId(name), externalId: 'crm-7' }) }] },
    })

    const holders = await Promise.all(Array.from({ length: 12 }, (_, index) => world.node(index).transact(claim(`contact-${String(index)}`))))

    expect(new Set(holders).size).toBe(1)
  })

  test('change a deployment one after another, though nobody else waits for it', async () => {
    await using world = await openWorld({ nodes: 2 })
    await world.settle('1')
    const rename = ({ deployment = aDeployment() }: Loaded) => ({ result: undefined, changes: [{ kind: 'put-deployment', deployment: { ...deployment, version: deployment.version + 1 } } as const] })

    await Promise.all(Array.from({ length: 40 }, (_, index) => world.node(index).transact({ need: { deploymentId: toId('deployment-1') }, decide: rename })))

    expect(await world.ask("SELECT (body ->> 'version')::integer AS version FROM deployments")).toEqual([{ version: aDeployment().version + 40 }])
  })

  test('never wait for each other in a circle, whatever their decisions are about', async () => {
    await using world = await openWorld({ nodes: 3 })
    for (const name of countTo(6)) {
      await world.settle(String(name))
      await world.node(0).transact(put({ kind: 'put-attachment', attachment: anAttachment({ id: toId(`file-${String(name)}`), contactId: toId(`contact-${String(name)}`) }) }))
    }
    const [round] = fc.sample(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), { minLength: 300, maxLength: 300 }), { numRuns: 1, seed: 7 })
    const files = (round ?? []).map((numbers) => numbers.map((number) => toId<'attachment'>(`file-${String(number)}`)))

    await Promise.all(files.map((attachmentIds, index) => world.node(index).transact({
      need: { attachmentIds },
      decide: ({ attachments = [] }) => ({ result: null, changes: attachments.map((one) => ({ kind: 'put-attachment', attachment: { ...one, version: one.version + 1 } }) as const) }),
    })))

    const counted = await world.ask("SELECT sum((body ->> 'version')::integer - 1)::integer AS steps FROM attachments")
    expect(counted).toEqual([{ steps: files.flat().length }])
    expect(await world.ask('SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()')).toEqual([{ deadlocks: 0 }])
  })
})

describe('a decision that the engine refuses', () => {
  test('fails alone, and its neighbours in the batch are written', async () => {
    await using world = await openWorld()
    const conversation = await world.settle('1')
    await world.node(0).transact(sayNext(conversation))
    const again = { kind: 'append-entry', entry: aMessage({ id: toId('again'), seq: 1 }) } as const
    const unfit = { kind: 'put-contact', contact: aContact({ id: toId('unfit'), name: 'a\0b' }) } as const
    const long = { kind: 'put-contact', contact: aContact({ id: toId('long'), externalId: Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20000))).join('') }) } as const

    const outcomes = await Promise.allSettled([
      world.node(0).transact(put({ kind: 'put-contact', contact: aContact({ id: toId('left') }) })),
      world.node(0).transact(put(again)),
      world.node(0).transact(put(unfit)),
      world.node(0).transact(put(long)),
      world.node(0).transact(put({ kind: 'put-contact', contact: aContact({ id: toId('right') }) })),
    ])

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'])
    expect(await world.ask("SELECT id FROM contacts WHERE id IN ('left', 'right', 'unfit', 'long') ORDER BY id")).toEqual([{ id: 'left' }, { id: 'right' }])
  })
})

describe('a connection that breaks', () => {
  test('while it waits for its locks costs nobody anything: the batch is made again on another', async () => {
    await using world = await openWorld()
    const conversation = await world.settle('1')
    await using holder = await world.holdLock('contact contact-1')
    const said = world.node(0).transact(sayNext(conversation))
    await expect.poll(() => world.ask("SELECT count(*)::integer FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()")).toEqual([{ count: 1 }])

    await world.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()")
    await holder.release()

    expect(await said).toBe(1)
    expect(await world.ask('SELECT seq FROM entries')).toEqual([{ seq: 1 }])
  })

  test.each(['lose-answer', 'lose-request'] as const)('over its commit (%s) leaves each message written once, told once and answered', async (fault) => {
    await using world = await openWorld({ isProxied: true })
    const threads = await Promise.all(['1', '2', '3'].map((name) => world.settle(name)))
    const broken = world.proxy.breakAt('COMMIT', fault)

    const seqs = await Promise.all(threads.map((thread) => world.node(0).transact(sayNext(thread))))
    await broken

    expect(seqs).toEqual([1, 1, 1])
    expect(await world.ask('SELECT conversation_id, seq FROM entries ORDER BY conversation_id')).toEqual(['1', '2', '3'].map((name) => ({ conversation_id: `conversation-${name}`, seq: 1 })))
    const stored = await world.ask('SELECT position::integer, conversation_id FROM events ORDER BY position')
    const told = world.told.flat().flatMap(({ events }) => events).map(({ position, conversationId }) => ({ position, conversation_id: conversationId }))
    expect(told).toEqual(stored)
  })

  test('before its writes arrive, again and again, costs nothing but time', async () => {
    await using world = await openWorld({ isProxied: true })
    const conversation = await world.settle('1')
    for (const seq of countTo(6)) {
      const broken = world.proxy.breakAt('take_event_positions', seq % 2 === 0 ? 'lose-request' : 'lose-answer')
      expect(await world.node(0).transact(sayNext(conversation))).toBe(seq)
      await Promise.race([broken, Promise.resolve()])
    }

    expect(await world.ask('SELECT seq FROM entries ORDER BY seq')).toEqual(countTo(6).map((seq) => ({ seq })))
  })

  test('over its commit, and nobody can be asked what came of it: the caller is told that it may have happened, and how to try again', async () => {
    const clock = createFakeClock()
    await using world = await openWorld({ isProxied: true, clock, timers: createFakeTimers(clock) })
    const conversation = await world.settle('1')
    void world.proxy.breakAt('COMMIT', 'lose-answer').then(() => world.proxy.shut())

    const outcome = settled(world.node(0).transact(sayNext(conversation)))

    await expect.poll(() => pass(clock, outcome), { timeout: 10_000 }).toMatchObject({ error: { name: 'StoreUnavailable', retryable: true } })
    expect(outcome.error).toHaveProperty('message', expect.stringMatching(/may have happened.*Idempotency-Key/))
  }, 15_000)
})

describe('an engine that is away', () => {
  test('is waited for, and then everything that was asked for is done', async () => {
    await using world = await openWorld({ isProxied: true })
    const conversation = await world.settle('1')
    world.proxy.shut()
    const said = Promise.all(countTo(20).map(() => world.node(0).transact(sayNext(conversation))))
    await expect.poll(() => world.node(0).waiting).toBeGreaterThan(0)

    world.proxy.open()

    expect(await said).toEqual(countTo(20))
  })

  test('for long is told to the callers, with what to do', async () => {
    const clock = createFakeClock()
    await using world = await openWorld({ isProxied: true, clock, timers: createFakeTimers(clock) })
    const conversation = await world.settle('1')
    world.proxy.shut()

    const outcome = settled(world.node(0).transact(sayNext(conversation)))

    await expect.poll(() => pass(clock, outcome), { timeout: 10_000 }).toMatchObject({ error: { name: 'StoreUnavailable', retryable: true } })
    expect(await world.ask('SELECT seq FROM entries')).toEqual([])
  }, 15_000)

  test('does not keep others waiting where only one contact is held by somebody', async () => {
    await using world = await openWorld({ lockTimeout: 100 })
    const [held, free] = [await world.settle('1'), await world.settle('2')]
    await using holder = await world.holdLock('contact contact-1')

    const waits = world.node(0).transact(sayNext(held))
    expect(await world.node(0).transact(sayNext(free))).toBe(1)
    await holder.release()

    expect(await waits).toBe(1)
  })
})

interface Wanted {
  readonly nodes?: number
  readonly isProxied?: boolean
  readonly clock?: Clock
  readonly timers?: Timers
  /** Milliseconds. */
  readonly lockTimeout?: number
}

/** Some nodes on a database of their own, each with what its listeners heard. */
async function openWorld({ nodes: count = 1, isProxied = false, clock = createSystemClock(), timers = createTimers(), lockTimeout }: Wanted = {}) {
  const stack = new AsyncDisposableStack()
  const url = await cluster.createDatabase()
  const proxy = stack.use(await startPostgresProxy(cluster.port))
  const told: Committed[][] = []
  const nodes: GroupCommit<Promise<void>>[] = []
  for (let index = 0; index < count; index += 1) {
    const heard: Committed[] = []
    told.push(heard)
    const { writes } = stack.use(connect({ url: isProxied ? proxy.url(url) : url }))
    if (lockTimeout !== undefined) writes.on('connect', (client) => void client.query(`SET lock_timeout = ${String(lockTimeout)}`))
    const ids = createIdSource(createSystemClock())
    const node = createGroupCommit({ writes, clock, timers, ids, onCommitted: (batch) => heard.push(...batch) })
    nodes.push(node)
    stack.defer(() => node.close())
  }
  const node = (index: number): GroupCommit<Promise<void>> => nodes[index % count] ?? noThread()
  return {
    told, proxy, node,
    ask: (sql: string) => ask(url, sql),
    holdLock: (key: string) => holdLock(url, key),
    async settle(name: string): Promise<Conversation> {
      const contact = aContact({ id: toId(`contact-${name}`) })
      const conversation = aConversation({ id: toId(`conversation-${name}`), contactId: contact.id })
      await node(0).transact(put({ kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact }, { kind: 'put-conversation', conversation }))
      for (const heard of told) heard.length = 0
      return conversation
    },
    [Symbol.asyncDispose]: (): PromiseLike<void> => stack.disposeAsync(),
  } satisfies AsyncDisposable & { readonly proxy: PostgresProxy } & Record<string, unknown>
}

/** Somebody who has a lock for as long as they like. */
async function holdLock(url: string, key: string) {
  const client = await openSession(url)
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [key])
  let ended: Promise<void> | undefined
  const release = (): Promise<void> => (ended ??= client.end())
  return { release, [Symbol.asyncDispose]: release }
}

function put(...changes: readonly Change[]): Work<void> {
  return { need: {}, decide: () => ({ result: undefined, changes }) }
}

/** Adds the next line to a log, deciding its place from what the decision finds. */
function sayNext(thread: Conversation): Work<number> {
  const { id: conversationId, contactId } = thread
  return {
    need: { contactId, conversationId },
    decide({ conversation = thread }) {
      const seq = conversation.lastSeq + 1
      const entry = aMessage({ id: toId(`${conversationId}-${String(seq)}`), contactId, conversationId, seq })
      return {
        result: seq,
        changes: [
          { kind: 'put-conversation', conversation: { ...conversation, lastSeq: seq, version: conversation.version + 1 } },
          { kind: 'append-entry', entry },
          { kind: 'append-event', event: { type: 'message.created', at: entry.at, contactId, conversationId, entrySeq: seq } },
        ],
      }
    },
  }
}

interface Awaited<T> {
  result?: T
  error?: unknown
}

function settled<T>(promise: Promise<T>): Awaited<T> {
  const outcome: Awaited<T> = {}
  promise.then((result) => (outcome.result = result), (error: unknown) => (outcome.error = error))
  return outcome
}

/** Lets time pass until there is an outcome. */
function pass<T>(clock: ReturnType<typeof createFakeClock>, outcome: Awaited<T>): Awaited<T> {
  clock.advance(toDuration(500))
  return outcome
}

function toDuration(count: number): Parameters<ReturnType<typeof createFakeClock>['advance']>[0] {
  return count as Parameters<ReturnType<typeof createFakeClock>['advance']>[0]
}

function countTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}

function noThread(): never {
  throw new Error('there is one for each name')
}
