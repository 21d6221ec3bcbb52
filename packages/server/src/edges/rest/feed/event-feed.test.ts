import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { instant, milliseconds, must, toId, type ContactId, type Span, type StoredEvent, type TellableEvent } from '@beckon/core'
import { createFakeClock, createFakeTimers, createMemoryBus } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createEventFeed, type Follower } from './event-feed.ts'
import { openEventStream } from './event-stream.ts'
import { waitForEvents } from './wait-for-events.ts'

const ana = toId<'contact'>('ana')
const ben = toId<'contact'>('ben')

/** A log of one event at each place, of which the store shows those before the end of every older transaction. */
function aFeed(contactAt: (position: number) => ContactId) {
  const clock = createFakeClock()
  const timers = createFakeTimers(clock)
  const bus = createMemoryBus()
  const log = { shown: 0, epoch: 'first' }
  const anEvent = (position: number): StoredEvent => ({ position, type: 'contact.updated', at: instant(0), contactId: contactAt(position) })
  const reader = {
    get epoch() {
      return log.epoch
    },
    lastPosition: async () => log.shown,
    async events(position: number, _limit: number, { contactId }: { readonly contactId?: ContactId }) {
      const all: readonly TellableEvent[] = Array.from({ length: Math.max(0, log.shown - position) }, (_, n) => ({ event: anEvent(position + 1 + n) }))
      return { events: all.filter(({ event }) => contactId === undefined || event.contactId === contactId), through: Math.max(position, log.shown) }
    },
  }
  const feed = createEventFeed({ reader, bus, timers, renderFrame: () => '' })
  const hint = (positions: readonly number[], span?: Span): void =>
    bus.publish({ kind: 'committed', batch: [{ entries: [], conversations: [], sessions: [], events: positions.map(anEvent) }], ...(span ? { span } : {}) })
  const pass = async (time: number): Promise<void> => {
    clock.advance(milliseconds(time))
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return { feed, reader, timers, log, hint, pass }
}

function aFollower(contactId: ContactId) {
  const told: number[] = []
  const ends: string[] = []
  const follower: Follower = { filter: { contactId }, tell: (events) => told.push(...events.map(({ event }) => event.position)), end: () => ends.push('ended') }
  return { follower, told, ends }
}

test('who joins while the store hides what was passed over as nobody’s is handed it all the same', async () => {
  const { feed, reader, timers, log, hint, pass } = aFeed((position) => (position === 3 ? ben : ana))
  const somebody = aFollower(ana)
  log.shown = 1
  await feed.join(somebody.follower)
  hint([], { from: 3, to: 3 })

  const page = waitForEvents({ feed, reader, timers }, { position: 1, limit: 10, filter: { contactId: ben }, waitSeconds: 30, onGone: () => undefined })
  await pass(0)
  hint([2])
  await pass(0)
  log.shown = 3
  await pass(60)

  expect(somebody.told).toEqual([2])
  expect((await page).events.map(({ event }) => event.position)).toEqual([3])
})

test('a stream that opens meanwhile is handed it too, before what is told after it', async () => {
  const { feed, reader, timers, log, hint, pass } = aFeed((position) => (position === 2 ? ana : ben))
  log.shown = 1
  await feed.join(aFollower(ana).follower)
  hint([], { from: 3, to: 3 })
  const cursors = { at: String, parse: Number }
  await using server = await serving((response) => void openEventStream({ feed, reader, cursors, timers }, response, { filter: { contactId: ben }, after: 1, begin: () => ({}), isWelcome: async () => true }))
  const frames = framesOf(await fetch(server.url))

  expect(await frames.next()).toMatchObject({ value: 'id: 1' })
  hint([2])
  hint([4])
  log.shown = 4
  await pass(60)

  expect((await frames.next()).value).toMatch(/^id: 3\n/)
  expect((await frames.next()).value).toMatch(/^id: 4\n/)
})

test('who joins is told how far the feed has heard, so as to read up to there', async () => {
  const { feed, log, hint } = aFeed(() => ana)
  log.shown = 1
  await feed.join(aFollower(ana).follower)
  hint([2])
  hint([], { from: 4, to: 7 })

  expect((await feed.join(aFollower(ben).follower))?.heardOf).toBe(7)
})

test('when another log takes the place of this one, everybody is sent away to come back with their cursors', async () => {
  const { feed, log, hint } = aFeed(() => ana)
  const { follower, told, ends } = aFollower(ana)
  await feed.join(follower)
  hint([1])

  log.epoch = 'second'
  hint([1])

  expect(told).toEqual([1])
  expect(ends).toEqual(['ended'])
})

/** A server that answers everything in one way. */
async function serving(answer: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answer(response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function* framesOf(response: Response): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of must(response.body, 'a stream').pipeThrough(new TextDecoderStream())) {
    text += chunk
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    yield* frames
  }
}
