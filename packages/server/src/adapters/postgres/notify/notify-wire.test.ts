import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../../testing/services/postgres-cluster.ts'
import { createTimers } from '../../system/timers.ts'
import type { Wire } from '../../wire/wire.ts'
import { openNotifyWire } from './notify-wire.ts'

let postgres: PostgresCluster
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres[Symbol.asyncDispose]())

interface Listening extends AsyncDisposable {
  readonly wire: Wire
  readonly heard: readonly string[]
  readonly ups: () => number
}

function listen(node: string, { url = postgres.url(), installation = 'shop' } = {}): Listening {
  const heard: string[] = []
  let ups = 0
  const log = { info: () => undefined, warn: () => undefined }
  const wire = openNotifyWire({ url, node, installation, timers: createTimers(), log, onChange: () => undefined, onListenerError: () => undefined })
  wire.subscribe({ heard: (text) => heard.push(text), up: () => void (ups += 1) })
  return { wire, heard, ups: () => ups, [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose]() }
}

async function up(...those: readonly Listening[]): Promise<void> {
  await expect.poll(() => those.every(({ wire }) => wire.isUp)).toBe(true)
}

test('what is said is heard by all others, or by the one that is named, and by nobody of another installation', async () => {
  await using a = listen('a')
  await using b = listen('b')
  await using c = listen('c')
  await using stranger = listen('b', { installation: 'bakery' })
  await up(a, b, c, stranger)

  expect(a.wire.send('to all')).toBe(true)
  expect(a.wire.send('to b', 'b')).toBe(true)
  expect(a.wire.send('the end')).toBe(true)
  await expect.poll(() => c.heard).toHaveLength(2)
  await expect.poll(() => b.heard).toHaveLength(3)

  expect(c.heard).toEqual(['to all', 'the end'])
  expect(b.heard.toSorted()).toEqual(['the end', 'to all', 'to b'])
  expect([...a.heard, ...stranger.heard]).toEqual([])
})

test('a storm is packed into a few notifications, and each of its words arrives in order', async () => {
  await using a = listen('a')
  await using b = listen('b')
  await up(a, b)
  await using raw = await rawListener('beckon_shop')
  const words = Array.from({ length: 2000 }, (_, n) => JSON.stringify({ n, über: 'x'.repeat(40) }))

  const taken = words.filter((word) => a.wire.send(word))
  await expect.poll(() => b.heard.length).toBe(taken.length)

  expect(taken).toEqual(words)
  expect(b.heard).toEqual(words)
  expect(raw.payloads.length).toBeLessThan(30)
  expect(Math.max(...raw.payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8000)
})

test('what is too long, or too much, is not taken, and there is room left for short words', async () => {
  await using a = listen('a')
  await up(a)

  expect(a.wire.send('x'.repeat(a.wire.maxBytes + 1))).toBe(false)
  const outcomes = Array.from({ length: 100 }, () => a.wire.send('x'.repeat(7000)))
  expect(outcomes.at(-1)).toBe(false)
  expect(a.wire.send('look there')).toBe(true)
})

test('a database that goes away takes nothing along, and is listened to again when it is back', { timeout: 60_000 }, async () => {
  await using a = listen('a')
  await using b = listen('b')
  await up(a, b)

  await postgres.stopImmediately()
  await expect.poll(() => a.wire.isUp || b.wire.isUp).toBe(false)
  expect(a.wire.send('lost')).toBe(false)
  await postgres.restart()
  await up(a, b)
  a.wire.send('heard')

  await expect.poll(() => b.heard).toEqual(['heard'])
  expect(b.ups()).toBe(2)
})

test('the last word before the end is still said', async () => {
  const a = listen('a')
  await using b = listen('b')
  await up(a, b)

  a.wire.send('goodbye')
  await a.wire[Symbol.asyncDispose]()

  await expect.poll(() => b.heard).toEqual(['goodbye'])
})

async function rawListener(channel: string): Promise<AsyncDisposable & { readonly payloads: readonly string[] }> {
  const client = new Client({ connectionString: postgres.url() })
  const payloads: string[] = []
  client.on('notification', ({ payload = '' }) => payloads.push(payload))
  await client.connect()
  await client.query(`LISTEN "${channel}"`)
  return { payloads, [Symbol.asyncDispose]: () => client.end() }
}
