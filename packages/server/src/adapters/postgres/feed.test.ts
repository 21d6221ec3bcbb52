import fc from 'fast-check'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { openSession } from '../../testing/services/postgres-session.ts'
import { connect } from './connect.ts'
import { createFeed } from './feed.ts'
import { createQuery } from './reading/query.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres({ settings: { max_prepared_transactions: '2' } })
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

type ReadOn = (position: number) => Promise<{ readonly positions: readonly number[]; readonly through: number }>
type Moves = readonly number[]

/** Every order of four writers' two steps each; who takes places first is the first, so that none is tried under another name. */
const orders = interleavings([2, 2, 2, 2]).filter((moves) => [...new Set(moves)].join('') === '0123')

describe('a follower of the feed', () => {
  test('misses nothing and repeats nothing, in whichever order four slow writers take their places and commit', async () => {
    await using world = await openWorld()
    const lost: string[] = []
    for (const moves of orders) {
      const { seen, written } = await follow(world, { moves, counts: [2, 1, 1, 2] }, world.readOn)
      if (seen.join() !== written.join()) lost.push(`${moves.join('')}: saw ${seen.join()} of ${written.join()}`)
    }
    expect(lost).toEqual([])
  }, 60_000)

  test('who reads up to the last position there is would lose events: this is what the horizon is for', async () => {
    await using world = await openWorld()
    const naive: ReadOn = async (position) => {
      const { rows } = await world.admin.query<{ readonly position: string }>('SELECT position FROM events WHERE position > $1 ORDER BY position', [position])
      const positions = rows.map((row) => Number(row.position))
      return { positions, through: positions.at(-1) ?? position }
    }
    let losses = 0
    for (const moves of orders) {
      const { seen, written } = await follow(world, { moves, counts: [2, 1, 1, 2] }, naive)
      if (seen.length < written.length) losses += 1
    }
    expect(losses).toBeGreaterThan(10)
  }, 60_000)

  test('misses nothing whatever writers do: many events or none, commits, failures, pauses between any two steps', async () => {
    await using world = await openWorld()
    const plan = fc.record({
      moves: fc.array(fc.nat(3), { minLength: 4, maxLength: 16 }),
      counts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 }),
      failing: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    })
    await fc.assert(fc.asyncProperty(plan, async (given) => {
      const { seen, written } = await follow(world, { ...given, isFine: true }, world.readOn)
      expect(seen).toEqual(written)
    }), { numRuns: 60 })
  }, 60_000)

  test('is never told of a last position beyond what there is to read', async () => {
    await using world = await openWorld()
    for (const moves of interleavings([2, 2])) {
      await follow(world, { moves, counts: [1, 3] }, async (position) => {
        const last = await world.feed.lastPosition()
        const read = await world.readOn(position)
        expect(last).toBeLessThanOrEqual(read.through)
        return read
      })
    }
  }, 60_000)

  test('who asks for some of it gets the same, as far as everybody sees', async () => {
    await using world = await openWorld()
    const [slow, quick] = [await world.writer(), await world.writer()]
    await slow.take(1)
    await quick.take(2)
    await quick.write()
    await quick.commit()

    expect(await world.feed.events(0, 10, { types: ['deployment.updated'] })).toEqual({ events: [], through: 0 })
    await slow.write()
    await slow.commit()

    expect((await world.feed.events(0, 2, { types: ['deployment.updated'] })).through).toBe(2)
    expect((await world.feed.events(0, 9, { types: ['contact.updated'] }))).toEqual({ events: [], through: 3 })
  })
})

describe('a transaction under way', () => {
  test('of another database keeps nobody waiting', async () => {
    await using world = await openWorld()
    await using other = await openWorld()
    const elsewhere = await other.writer()
    await elsewhere.take(1)

    await world.append(2)

    expect(await world.feed.lastPosition()).toBe(2)
  })

  test('of another database keeps nobody waiting either when the reader is no superuser', async () => {
    await using world = await openWorld()
    await using other = await openWorld()
    const elsewhere = await other.writer()
    await elsewhere.take(1)
    await world.append(2)
    await world.admin.query(`CREATE ROLE shop LOGIN PASSWORD 'shop'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO shop`)
    await using plain = connect({ url: world.url.replace(/\/\/[^@]+@/, '//shop:shop@') })

    expect(await createFeed(createQuery(plain.reads), () => 0).lastPosition()).toBe(2)
  })

  test('of which the engine does not say whose it is keeps the feed waiting', async () => {
    await using world = await openWorld()
    await using other = await openWorld()
    await other.admin.query("BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION 'nobody knows'")
    await world.append(1)

    expect(await world.feed.lastPosition()).toBe(0)
    await other.admin.query("ROLLBACK PREPARED 'nobody knows'")
    expect(await world.feed.lastPosition()).toBe(1)
  })

  test('of a node that stands still holds the feed up until the engine ends it', async () => {
    await using world = await openWorld()
    const paused = await world.writer({ idle_in_transaction_session_timeout: 300 })
    await paused.take(3)
    await paused.write()
    await world.append(1)
    expect(await world.feed.lastPosition()).toBe(0)

    await expect.poll(() => world.feed.lastPosition()).toBe(4)
    expect((await world.readOn(0)).positions).toEqual([4])
  })

  test('that only reads keeps nobody waiting', async () => {
    await using world = await openWorld()
    await world.admin.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM events')

    await world.append(1)

    expect(await world.feed.lastPosition()).toBe(1)
    await world.admin.query('ROLLBACK')
  })
})

test('what came with a log from another cluster is all there, and what is written after it still keeps its order', async () => {
  await using world = await openWorld()
  await world.append(3)
  await world.admin.query("UPDATE events SET writer = '99999999999'")
  expect(await world.feed.lastPosition()).toBe(0)
  const restored = createFeed(createQuery(world.reads), () => 3)
  expect(await restored.lastPosition()).toBe(3)

  const [slow, quick] = [await world.writer(), await world.writer()]
  await slow.take(1)
  await quick.take(1)
  for (const step of ['write', 'commit'] as const) await quick[step]()

  expect((await restored.events(0, 10, {})).through).toBe(3)
  for (const step of ['write', 'commit'] as const) await slow[step]()
  expect((await restored.events(0, 10, {})).through).toBe(5)
})

interface Plan {
  /** Which writer takes its next step: taking its places, writing its events, committing or giving up. */
  readonly moves: Moves
  readonly counts: readonly number[]
  readonly failing?: readonly boolean[]
  /** Whether it may also be stopped between taking its places and writing: more moves, for which nothing is to be seen yet. */
  readonly isFine?: boolean
}

/** Reads on after each step, and once more when all have come to their end. */
async function follow(world: World, { moves, counts, failing = [], isFine = false }: Plan, readOn: ReadOn) {
  const start = await world.position()
  const seen: number[] = []
  let through = start
  const read = async (): Promise<void> => {
    const next = await readOn(through)
    seen.push(...next.positions)
    through = next.through
  }
  const writers = await Promise.all(counts.map(() => world.writer()))
  const steps = writers.map((writer, index) => {
    const begin = () => writer.take(counts[index] ?? 1)
    const end = failing[index] === true ? writer.fail : writer.commit
    return isFine ? [begin, writer.write, end] : [() => begin().then(writer.write), end]
  })
  for (const index of moves) {
    await steps[index]?.shift()?.()
    await read()
  }
  for (const rest of steps) for (const step of rest) await step()
  for (const writer of writers) writer.free()
  await read()
  return { seen, written: await world.writtenAfter(start) }
}

function interleavings(left: readonly number[]): readonly Moves[] {
  if (left.every((count) => count === 0)) return [[]]
  return left.flatMap((count, index) => (count === 0 ? [] : interleavings(left.with(index, count - 1)).map((rest) => [index, ...rest])))
}

type World = Awaited<ReturnType<typeof openWorld>>

async function openWorld() {
  const stack = new AsyncDisposableStack()
  const url = await cluster.createDatabase()
  const { reads } = stack.use(connect({ url }))
  const session = async (settings: object = {}): Promise<Client> => {
    return stack.use(await openSession(url, { options: '-c synchronous_commit=off', ...settings }))
  }
  const admin = await session()
  const feed = createFeed(createQuery(reads), () => 0)
  const idle: Client[] = []
  const writer = async (settings?: object) => createWriter((settings ? undefined : idle.pop()) ?? (await session(settings)), idle)
  return {
    url, reads, admin, feed, writer,
    readOn: async (position: number) => {
      const { events, through } = await feed.events(position, 100, {})
      return { positions: events.map(({ event }) => event.position), through }
    },
    async append(count: number) {
      const one = await writer()
      await one.take(count)
      await one.write()
      await one.commit()
    },
    position: async () => Number((await admin.query<{ readonly last: string }>('SELECT coalesce(max(position), 0) AS last FROM events')).rows[0]?.last),
    writtenAfter: async (start: number) =>
      (await admin.query<{ readonly position: string }>('SELECT position FROM events WHERE position > $1 ORDER BY position', [start])).rows.map((row) => Number(row.position)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** A transaction that stops wherever the test wants it to. */
function createWriter(client: Client, idle: Client[]) {
  let taken = { first: 0, writer: '', count: 0 }
  return {
    async take(count: number) {
      await client.query('BEGIN')
      const { rows } = await client.query<{ readonly first: string; readonly writer: string }>('SELECT first, writer FROM take_event_positions($1)', [count])
      taken = { first: Number(rows[0]?.first), writer: rows[0]?.writer ?? '', count }
    },
    write: () =>
      client.query(`INSERT INTO events (position, writer, type, at) SELECT place, $2, 'deployment.updated', 1 FROM generate_series($1::bigint, $1 + $3::bigint - 1) AS place`, [
        taken.first, taken.writer, taken.count,
      ]),
    commit: () => client.query('COMMIT'),
    fail: () => client.query('ROLLBACK'),
    free: () => void idle.push(client),
  }
}
