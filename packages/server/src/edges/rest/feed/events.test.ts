import { milliseconds, seconds, toId, type Hint } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, type ApiWorld } from '../../../testing/api-world.ts'
import { openStream, type StreamFrame, type StreamReader } from '../../../testing/event-stream-reader.ts'

const messaging = '/api/v2/conversations/messaging'

async function aContact(api: ApiWorld): Promise<string> {
  return String((await api.call('POST /api/v2/contacts', { body: {} })).body['id'])
}

async function say(api: ApiWorld, contactId: string, text: string): Promise<string> {
  const { body } = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text } })
  return String(body['conversationId'])
}

async function follow(api: ApiWorld, query = '', headers: Readonly<Record<string, string>> = {}): Promise<StreamReader> {
  const origin = api.app.server.listening ? api.app.listeningOrigin : await api.app.listen({ host: '127.0.0.1', port: 0 })
  return openStream(`${origin}/api/v2/events/stream${query}`, { authorization: `Bearer ${api.token}`, ...headers })
}

function texts(frames: readonly StreamFrame[]): readonly string[] {
  return frames.flatMap(({ event, data }) => (event === 'message.created' ? [data.data.message.text] : []))
}

interface TestEvent {
  readonly type: string
  readonly conversationId?: string
  readonly data: { readonly message: { readonly text: string } }
}

const textOf = ({ data }: TestEvent): string => data.message.text

const says = (text: string) => (frame: StreamFrame) => frame.event === 'message.created' && frame.data.data.message.text === text

/** The bus, as a part that may lose, repeat or mix up what it is told. */
function meddle(api: ApiWorld, with_: (hint: Hint) => readonly Hint[]): void {
  const publish = api.bus.publish.bind(api.bus)
  Object.assign(api.bus, { publish: (hint: Hint) => with_(hint).forEach(publish) })
}

/** Tells when this many waits are under way. */
function watchTimers({ timers }: ApiWorld): (count: number) => Promise<void> {
  const after = timers.after.bind(timers)
  const watchers = new Set<() => void>()
  const look = (): void => watchers.forEach((watcher) => watcher())
  Object.assign(timers, {
    after(...given: Parameters<typeof after>) {
      const cancel = after(...given)
      look()
      return () => {
        cancel()
        look()
      }
    },
  })
  return (count) =>
    new Promise((resolve) => {
      const watcher = (): void => (timers.waiting === count ? resolve() : undefined)
      watchers.add(watcher)
      watcher()
    })
}

describe('the feed', () => {
  test('is read in order from the beginning, page by page, to its end', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    for (const text of ['a', 'b', 'c']) await say(api, contactId, text)
    const types: string[] = []

    let next = '/api/v2/events?limit=2'
    for (;;) {
      const { body } = await api.call(`GET ${next}`)
      if (body['entities'].length === 0) break
      types.push(...body['entities'].map(({ type }: { type: string }) => type))
      next = body['nextUri']
    }

    expect(types.filter((type) => type === 'message.created')).toHaveLength(3)
    expect(types.slice(0, 3)).toEqual(['contact.created', 'conversation.started', 'message.created'])
  })
  test('is narrowed by type, contact and conversation, and its cursor moves past what does not match', async () => {
    await using api = await createApiWorld()
    const [ada, ben] = [await aContact(api), await aContact(api)]
    const conversationId = await say(api, ada, 'to Ada')
    await say(api, ben, 'to Ben')
    const read = async (query: string) => (await api.call(`GET /api/v2/events?${query}`)).body

    const [byType, byContact, byConversation] = [await read('types=message.created'), await read(`contactId=${ben}&types=message.created,contact.created`), await read(`conversationId=${conversationId}`)]
    const rest = await read(`after=${byType['cursor']}`)

    expect(byType['entities'].map(textOf)).toEqual(['to Ada', 'to Ben'])
    expect(byContact['entities'].map(({ type }: TestEvent) => type)).toEqual(['contact.created', 'message.created'])
    expect(new Set(byConversation['entities'].map((event: TestEvent) => event.conversationId))).toEqual(new Set([conversationId]))
    expect(rest['entities']).toEqual([])
  })
  test('from the latest on holds only what comes', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)

    const { body: start } = await api.call('GET /api/v2/events?after=latest')
    await say(api, contactId, 'now')
    const { body } = await api.call(`GET ${start['nextUri']}&types=message.created`)

    expect(start['entities']).toEqual([])
    expect(body['entities'].map(textOf)).toEqual(['now'])
  })
  test('does not know the cursor of another log', async () => {
    await using api = await createApiWorld()

    const { body } = await api.call('GET /api/v2/events?after=e5-ffffff')

    expect(body).toMatchObject({ status: 400, errors: [{ pointer: '?after', detail: expect.stringContaining('restored from a backup') }] })
  })
})

describe('a long poll', () => {
  test('is answered by the next event that matches', async () => {
    await using api = await createApiWorld()
    const [ada, ben] = [await aContact(api), await aContact(api)]

    const waiting = watchTimers(api)
    const poll = api.call(`GET /api/v2/events?after=latest&wait=30&types=message.created&contactId=${ada}`)
    await waiting(2)
    await say(api, ben, 'to somebody else')
    await say(api, ada, 'at last')

    expect((await poll).body['entities'].map(textOf)).toEqual(['at last'])
    expect(api.timers.waiting).toBe(0)
  })
  test('is empty when nothing comes in time, and goes on from where it was', async () => {
    await using api = await createApiWorld()

    const waiting = watchTimers(api)
    const poll = api.call('GET /api/v2/events?after=latest&wait=20')
    await waiting(2)
    api.clock.advance(seconds(20))
    const { body, status } = await poll

    expect([status, body['entities']]).toEqual([200, []])
    expect(body['nextUri']).toBe(`/api/v2/events?after=${body['cursor']}&wait=20`)
  })
  test('with something to tell does not wait at all', async () => {
    await using api = await createApiWorld()
    await aContact(api)

    const { body } = await api.call('GET /api/v2/events?wait=30')

    expect(body['entities']).toHaveLength(1)
  })
  test('that hears of nothing, because the hint was lost, finds it at the end of its wait', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    meddle(api, (hint) => (hint.kind === 'committed' ? [] : [hint]))

    const waiting = watchTimers(api)
    const poll = api.call('GET /api/v2/events?after=latest&wait=10&types=message.created')
    await waiting(2)
    await say(api, contactId, 'unheard')
    api.clock.advance(seconds(10))

    expect((await poll).body['entities']).toHaveLength(1)
  })
  test('is let go when the server goes away', async () => {
    const api = await createApiWorld()
    const waiting = watchTimers(api)
    const poll = api.call('GET /api/v2/events?after=latest&wait=30')
    await waiting(2)

    await api[Symbol.asyncDispose]()

    expect((await poll).body['entities']).toEqual([])
  })
})

describe('a stream', () => {
  test('says where it is before anything happens, and then tells what does', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    await using stream = await follow(api)

    const place = await stream.next()
    await say(api, contactId, 'Hi')
    const frames = await stream.until(says('Hi'))

    expect([stream.status, stream.contentType]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(place).toEqual({ id: expect.stringMatching(/^e/) })
    expect(frames.map(({ event }) => event)).toEqual(['conversation.started', 'message.created'])
    expect(frames.every(({ id, data, event }) => data.id === id && data.type === event)).toBe(true)
  })
  test('resumed by its last id misses nothing and repeats nothing', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const first = await follow(api, '?types=message.created')
    await say(api, contactId, 'one')
    const seen = await first.until(says('one'))
    await first[Symbol.asyncDispose]()
    for (let n = 0; n < 500; n += 1) await say(api, contactId, `while away ${n}`)

    await using second = await follow(api, '?types=message.created', { 'last-event-id': seen.at(-1)?.id ?? '' })
    await say(api, contactId, 'two')
    const frames = await second.until(says('two'))

    expect(texts(frames)).toEqual([...Array.from({ length: 500 }, (_, n) => `while away ${n}`), 'two'])
  }, 30_000)
  test('tells a hundred readers, each only of the conversation it follows', async () => {
    await using api = await createApiWorld()
    const conversations: { readonly contactId: string; readonly id: string }[] = []
    for (let n = 0; n < 100; n += 1) {
      const contactId = await aContact(api)
      conversations.push({ contactId, id: await say(api, contactId, 'before') })
    }
    await using stack = new AsyncDisposableStack()
    const streams: StreamReader[] = []
    for (const { id } of conversations) streams.push(stack.use(await follow(api, `?conversationId=${id}&types=message.created`)))

    for (const [n, { contactId }] of conversations.entries()) await say(api, contactId, `to ${n}`)
    const heard = await Promise.all(streams.map(async (stream, n) => texts(await stream.until(says(`to ${n}`)))))

    expect(heard).toEqual(conversations.map((_, n) => [`to ${n}`]))
  }, 30_000)
  test('has no gap though hints are lost, repeated and mixed up', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    let held: Hint | undefined
    let count = 0
    meddle(api, (hint) => {
      count += 1
      if (hint.kind !== 'committed' || count % 4 === 0) return hint.kind === 'committed' ? [] : [hint]
      if (count % 4 === 1) return (held = hint), []
      return held && count % 4 === 2 ? [hint, held, hint] : [hint]
    })
    await using stream = await follow(api, '?types=message.created')
    await stream.next()

    const said = Array.from({ length: 43 }, (_, n) => `${n}`)
    for (const text of said) await say(api, contactId, text)
    api.clock.advance(seconds(15))
    const frames = await stream.until(says('42'))

    expect(texts(frames)).toEqual(said)
  })
  test('finds at the next heartbeat what no hint told of', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    await using stream = await follow(api, '?types=message.created')
    await stream.next()
    meddle(api, (hint) => (hint.kind === 'committed' ? [] : [hint]))

    await say(api, contactId, 'unheard')
    api.clock.advance(seconds(15))

    expect(texts(await stream.until(says('unheard')))).toEqual(['unheard'])
  })
  test('that begins amid a storm of messages has every one of them, once and in order', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const said = Array.from({ length: 300 }, (_, n) => `${n}`)

    const storm = (async () => {
      for (const text of said) await say(api, contactId, text)
    })()
    await using stream = await follow(api, `?after=${(await api.call('GET /api/v2/events?limit=1')).body['cursor']}&types=message.created`)
    await storm
    const frames = await stream.until(says('299'))

    expect(texts(frames)).toEqual(said)
  }, 30_000)
  test('shows who is writing, without an id, to whom it concerns', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const conversationId = await say(api, contactId, 'Hi')
    await using stream = await follow(api, `?conversationId=${conversationId}`)
    await using other = await follow(api, '?conversationId=another')
    await stream.next()
    await other.next()

    await api.call(`POST ${messaging}/${conversationId}/typing`, { body: { on: true, from: { name: 'Mira' } } })
    const frame = await stream.next()
    await other[Symbol.asyncDispose]()

    expect(frame).toEqual({ event: 'typing', data: { contactId, conversationId, by: 'agent', name: 'Mira' } })
    expect(await other.next()).toBeUndefined()
  })
  test('is kept by a comment every fifteen seconds', async () => {
    await using api = await createApiWorld()
    await using stream = await follow(api)
    await stream.next()

    api.clock.advance(seconds(15))
    const beats = [await stream.next()]
    api.clock.advance(seconds(15))
    beats.push(await stream.next())

    expect(beats).toEqual([{ comment: 'still here' }, { comment: 'still here' }])
  })
  test('ends at the next heartbeat after its token has run out', async () => {
    await using api = await createApiWorld()
    await using stream = await follow(api)
    await stream.next()

    api.clock.advance(seconds(3600))

    const frames = await stream.until(() => false)
    expect(frames.length).toBeGreaterThan(0)
    await stream.ended
  })
  test('ends when the client that opened it is deleted', async () => {
    await using api = await createApiWorld()
    const token = await api.tokenWith(['events:read'])
    await using stream = await follow(api, '', { authorization: `Bearer ${token}` })
    await stream.next()
    const { id } = (await api.call('GET /api/v2/tokens/me', { token })).body

    await api.call(`DELETE /api/v2/oauth/clients/${id}`)

    expect(await stream.next()).toBeUndefined()
    await stream.ended
  })
  test('that is not read for long is cut off, and no other suffers', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const slow = await follow(api, '?types=message.created')
    await using quick = await follow(api, '?types=message.created')
    await slow.next()
    slow.stall()
    const sockets = () => new Promise<number>((resolve) => void api.app.server.getConnections((_, count) => resolve(count)))
    expect(await sockets()).toBe(2)

    const reading = quick.until(says('the last'))
    let said = 0
    while ((await sockets()) > 1 && said < 5000) {
      for (let n = 0; n < 100; n += 1) await say(api, contactId, 'x'.repeat(4000))
      said += 100
    }
    await say(api, contactId, 'the last')

    expect(texts(await reading)).toHaveLength(said + 1)
    expect(await sockets()).toBe(1)
    await slow[Symbol.asyncDispose]()
  }, 30_000)
  test('ends when the server goes away', async () => {
    const api = await createApiWorld()
    await using stream = await follow(api)
    await stream.next()

    const closed = api[Symbol.asyncDispose]()

    expect(await stream.next()).toBeUndefined()
    await closed
  })
  test.each([
    ['?after=nonsense', {}, '?after'],
    ['', { 'last-event-id': 'nonsense' }, 'Last-Event-ID'],
    ['?types=nonsense', {}, '?types'],
  ])('is not opened at %s %j', async (query, headers, pointer) => {
    await using api = await createApiWorld()

    const answer = await api.call(`GET /api/v2/events/stream${query}`, { headers })

    expect(answer.body).toMatchObject({ status: 400, errors: [{ pointer }] })
  })
  test('is not opened for who accepts only JSON', async () => {
    await using api = await createApiWorld()

    expect((await api.call('GET /api/v2/events/stream', { headers: { accept: 'application/json' } })).status).toBe(406)
  })
})

test('nothing is read or rendered while nobody listens', async () => {
  await using api = await createApiWorld()
  const contactId = await aContact(api)
  const waiting = watchTimers(api)
  const stream = await follow(api)
  await stream.next()
  await stream[Symbol.asyncDispose]()
  await waiting(0)
  let reads = 0
  const events = api.store.events.bind(api.store)
  Object.assign(api.store, { events: (...given: Parameters<typeof events>) => ((reads += 1), events(...given)) })

  await say(api, contactId, 'unheard')
  api.clock.advance(milliseconds(60_000))

  expect(reads).toBe(0)
  expect(toId(contactId)).toBeDefined()
})
