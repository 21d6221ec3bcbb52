import { must } from '@beckon/core'
import { expect, test } from 'vitest'
import { startNats, type NatsServer } from '../../testing/services/nats-server.ts'
import { createTimers } from '../system/timers.ts'
import type { Wire } from '../wire/wire.ts'
import { openNatsWire } from './nats-wire.ts'

interface Listening extends AsyncDisposable {
  readonly wire: Wire
  readonly heard: readonly string[]
  readonly logged: readonly string[]
  /** How often it came up. */
  readonly ups: () => number
}

function listen(url: string, node: string, installation = 'shop'): Listening {
  const heard: string[] = []
  const logged: string[] = []
  let ups = 0
  const log = { info: (_: object, what: string) => void logged.push(what), warn: (_: object, what: string) => void logged.push(what) }
  const wire = openNatsWire({ url, node, installation, timers: createTimers(), log, onChange: () => undefined, onListenerError: () => undefined })
  wire.subscribe({ heard: (text) => heard.push(text), up: () => void (ups += 1) })
  return { wire, heard, logged, ups: () => ups, [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose]() }
}

async function up(...those: readonly Listening[]): Promise<void> {
  await expect.poll(() => those.every(({ wire }) => wire.isUp)).toBe(true)
}

test('what is said is heard by all others, or by the one that is named, and by nobody of another installation', async () => {
  await using nats = await startNats()
  await using a = listen(nats.url, 'a')
  await using b = listen(nats.url, 'b')
  await using c = listen(nats.url, 'c')
  await using stranger = listen(nats.url, 'b', 'bakery')
  await up(a, b, c, stranger)

  expect(a.wire.send('to all')).toBe(true)
  expect(a.wire.send('to b', 'b')).toBe(true)
  expect(a.wire.send('the end')).toBe(true)
  await expect.poll(() => c.heard.at(-1)).toBe('the end')
  await expect.poll(() => b.heard.at(-1)).toBe('the end')

  expect(b.heard).toEqual(['to all', 'to b', 'the end'])
  expect(c.heard).toEqual(['to all', 'the end'])
  expect([...a.heard, ...stranger.heard]).toEqual([])
})

test('a server that is killed is missed by nobody who sends, and found again when it is back', async () => {
  await using nats = await startNats()
  await using a = listen(nats.url, 'a')
  await using b = listen(nats.url, 'b')
  await up(a, b)

  await nats.kill('SIGKILL')
  await expect.poll(() => a.wire.isUp || b.wire.isUp).toBe(false)
  const saidMeanwhile = Array.from({ length: 1000 }, () => a.wire.send('lost'))
  await nats.restart()
  await up(a, b)
  a.wire.send('heard')
  await expect.poll(() => b.heard).toEqual(['heard'])

  expect(new Set(saidMeanwhile)).toEqual(new Set([false]))
  expect(b.ups()).toBe(2)
  expect(a.logged).toEqual(['nodes hear each other', expect.stringMatching(/do not hear each other/), 'nodes hear each other'])
})

test('a server that is not there keeps nobody from starting or ending, and is found when it comes', async () => {
  await using nats = await startNats()
  await nats.kill('SIGKILL')
  await using early = listen(nats.url, 'early')
  const impatient = listen(nats.url, 'impatient')

  await expect.poll(() => early.logged).toHaveLength(1)
  await impatient.wire[Symbol.asyncDispose]()
  await nats.restart()
  await up(early)

  expect(early.ups()).toBe(1)
  expect(impatient.wire.isUp).toBe(false)
})

test('a server that hangs is given up, and what it does not take is dropped rather than kept', { timeout: 30_000 }, async () => {
  await using nats = await startNats()
  await using a = listen(nats.url, 'a')
  await up(a)

  await nats.kill('SIGSTOP')
  const outcomes = Array.from({ length: 100 }, () => a.wire.send('x'.repeat(200_000)))
  await expect.poll(() => a.wire.isUp, { timeout: 20_000 }).toBe(false)
  await nats.kill('SIGCONT')
  await expect.poll(() => a.wire.isUp, { timeout: 20_000 }).toBe(true)

  expect(outcomes[0]).toBe(true)
  expect(outcomes.at(-1)).toBe(false)
  expect(a.wire.send('x'.repeat(200_000))).toBe(true)
})

test.each([
  ['a user and a password', { user: 'beckon', password: 'p@ss/word' }, 'beckon:p%40ss%2Fword'],
  ['a token', { token: 's3cret' }, 's3cret'],
] as const)('%s of the address are shown to the server', async (_, credentials, userInfo) => {
  await using nats = await startNats({ credentials })
  await using known = listen(withUser(nats, userInfo), 'known')
  await using unknown = listen(nats.url, 'unknown')

  await up(known)

  await expect.poll(() => unknown.logged).toHaveLength(1)
  expect(unknown.wire.isUp).toBe(false)
})

function withUser({ url }: NatsServer, userInfo: string): string {
  return must(url.replace('nats://', `nats://${userInfo}@`), 'an address')
}
