import { describe, expect, test } from 'vitest'
import { createBeckon } from './create-beckon.ts'
import { BeckonRefusal, BeckonUnreachable } from './refusal.ts'
import type { Beckon } from './create-beckon.ts'

interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Headers
}

type Reply = Response | Error | ((received: Received) => Response | Promise<Response>)

/** A server that answers from a script, in order; the last line is repeated. Tokens are always granted, and numbered. */
function scripted(...replies: Reply[]) {
  const received: Received[] = []
  const pauses: number[] = []
  let tokens = 0
  let now = 0

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(url)
    const call = { method: init.method ?? '', path: pathname + search, headers: new Headers(init.headers) }
    init.signal?.throwIfAborted()
    if (pathname === '/oauth/token') {
      tokens += 1
      return Response.json({ access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: 600, scope: '' })
    }
    received.push(call)
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    if (reply instanceof Error) throw reply
    return typeof reply === 'function' ? reply(call) : (reply ?? Response.json({})).clone()
  }

  const beckon: Beckon = createBeckon({
    url: 'http://beckon.test/',
    clientId: 'crm',
    clientSecret: 'a secret: with signs',
    fetch,
    surroundings: {
      now: () => now,
      random: () => 0.5,
      sleep: async (milliseconds, signal) => {
        // Limits on answers are asked for with a signal of their own and never come to pass here.
        if (milliseconds >= 30_000) return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
        signal?.throwIfAborted()
        pauses.push(milliseconds)
      },
    },
  })
  return { beckon, received, pauses, tokens: () => tokens, pass: (milliseconds: number) => { now += milliseconds } }
}

function problem(status: number, members: Record<string, unknown>, headers: Record<string, string> = {}): Response {
  return Response.json({ type: 'about:blank', title: 'No', status, ...members }, { status, headers })
}

const cut = (): Error => new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') })

describe('access tokens', () => {
  test('calls that start together share one request for a token', async () => {
    const { beckon, received, tokens } = scripted(Response.json({}))

    await Promise.all([beckon.getMyToken(), beckon.getContact('a'), beckon.getContact('b')])

    expect(tokens()).toBe(1)
    expect(received.map(({ headers }) => headers.get('authorization'))).toEqual(Array(3).fill('Bearer token-1'))
  })

  test('a token is renewed before it expires', async () => {
    const { beckon, tokens, pass } = scripted(Response.json({}))
    await beckon.getMyToken()

    pass(569_000)
    await beckon.getMyToken()
    expect(tokens()).toBe(1)
    pass(2_000)
    await beckon.getMyToken()

    expect(tokens()).toBe(2)
  })

  test('a token that was revoked is replaced once, without the caller noticing', async () => {
    const { beckon, received } = scripted(problem(401, { code: 'invalid_token' }), Response.json({ id: 'c' }))

    const contact = await beckon.getContact('c')

    expect(contact.id).toBe('c')
    expect(received.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('a token that is refused for good is a refusal, not a loop', async () => {
    const { beckon, received } = scripted(problem(401, { code: 'invalid_token', detail: 'revoked' }))

    await expect(beckon.getContact('c')).rejects.toThrow('401 invalid_token: revoked')

    expect(received).toHaveLength(2)
  })
})

describe('retries', () => {
  test('a send whose answer was lost is repeated with the same idempotency key', async () => {
    const { beckon, received } = scripted(cut(), problem(503, { code: 'unavailable' }), Response.json({ id: 'm' }, { status: 202 }))

    await beckon.sendToContact('c', { text: 'hello' })

    const keys = received.map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  test("the caller's own idempotency key is used", async () => {
    const { beckon, received } = scripted(Response.json({}, { status: 202 }))

    await beckon.sendToContact('c', { text: 'hello' }, { idempotencyKey: 'ticket-7' })

    expect(received[0]?.headers.get('idempotency-key')).toBe('ticket-7')
  })

  test('the server is obeyed when it says how long to wait', async () => {
    const { beckon, pauses } = scripted(problem(429, { code: 'rate_limited' }, { 'retry-after': '7' }), Response.json({}))

    await beckon.getContact('c')

    expect(pauses).toEqual([7_000 + 125])
  })

  test('a wait that is too long is the callers decision', async () => {
    const { beckon, pauses } = scripted(problem(503, { code: 'unavailable', detail: 'Back later.' }, { 'retry-after': '3600' }))

    const refusal = await beckon.getContact('c').catch((error: unknown) => error)

    expect(refusal).toBeInstanceOf(BeckonRefusal)
    expect(refusal).toMatchObject({ status: 503, retryAfterSeconds: 3600 })
    expect(pauses).toEqual([])
  })

  test('pauses grow, and giving up says what could not be reached', async () => {
    const { beckon, pauses } = scripted(cut())

    const error = await beckon.sendToContact('c', { text: 'hello' }).catch((caught: unknown) => caught)

    expect(error).toBeInstanceOf(BeckonUnreachable)
    expect(error).toMatchObject({ call: { attempts: 6 } })
    expect(String(error)).toContain('No answer from http://beckon.test')
    expect(String(error)).toContain('ECONNREFUSED')
    expect(pauses).toEqual([125, 250, 500, 1000, 2000])
  })

  test('an answer that is cut in the middle counts as no answer', async () => {
    const half = (): Response => new Response(new ReadableStream({ start: (body) => body.error(new TypeError('terminated')) }))
    const { beckon, received } = scripted(half, Response.json({ id: 'c' }))

    expect((await beckon.getContact('c')).id).toBe('c')

    expect(received).toHaveLength(2)
  })

  test('no pause outlives the caller', async () => {
    const caller = new AbortController()
    const { beckon, received } = scripted(() => {
      caller.abort(new Error('shutting down'))
      return problem(503, { code: 'unavailable' })
    })

    await expect(beckon.getContact('c', { signal: caller.signal })).rejects.toThrow('shutting down')

    expect(received).toHaveLength(1)
  })

  test.for([400, 403, 404, 409, 410, 422])('a %i is never repeated', async (status) => {
    const { beckon, received } = scripted(problem(status, { code: 'some_code' }))

    await expect(beckon.sendToContact('c', { text: 'hello' })).rejects.toBeInstanceOf(BeckonRefusal)

    expect(received).toHaveLength(1)
  })
})

describe('refusals', () => {
  test('carry everything that the server said and read well', async () => {
    const actions = [{ method: 'PATCH', href: '/api/v2/conversations/messaging/k', body: { status: 'open' }, scope: 'conversations:write' }]
    const members = { code: 'conversation_closed', detail: 'The conversation is closed.', currentState: { status: 'closed' }, contextId: 'x1', actions }
    const { beckon } = scripted(problem(409, members))

    const refusal = await beckon.sendToConversation('k', { text: 'hello' }).catch((error: unknown) => error)

    expect(refusal).toMatchObject({ code: 'conversation_closed', currentState: { status: 'closed' }, actions, contextId: 'x1' })
    expect(String(refusal)).toBe(
      [
        'BeckonRefusal: 409 conversation_closed: The conversation is closed.',
        '  would work now: PATCH /api/v2/conversations/messaging/k {"status":"open"} (scope conversations:write)',
        '  (POST /api/v2/conversations/messaging/k/messages, contextId x1)',
      ].join('\n'),
    )
  })

  test('name the missing scope and those that are there', async () => {
    const { beckon } = scripted(
      problem(403, { code: 'insufficient_scope', detail: 'Scope missing.', requiredScope: 'contacts:erase', grantedScopes: ['contacts:read'] }),
    )

    await expect(beckon.eraseContact('c')).rejects.toThrow('needs the scope contacts:erase; granted: contacts:read')
  })

  test('are told apart even when a proxy answers in HTML', async () => {
    const { beckon } = scripted(new Response('<html><h1>Forbidden by firewall</h1></html>', { status: 403 }))

    await expect(beckon.getContact('c')).rejects.toThrow('403 http_403: Forbidden by firewall')
  })
})

describe('lists', () => {
  test('are walked to their end, or read one page at a time', async () => {
    const first = { entities: [{ id: 'a' }, { id: 'b' }], pageSize: 2, nextUri: '/api/v2/contacts?pageSize=2&cursor=x' }
    const { beckon, received } = scripted(Response.json(first), Response.json(first), Response.json({ entities: [{ id: 'c' }], pageSize: 2 }))

    const page = await beckon.listContacts({ pageSize: 2 })
    const ids: string[] = []
    for await (const { id } of beckon.listContacts({ pageSize: 2 })) ids.push(id)

    expect(page.entities).toHaveLength(2)
    expect(ids).toEqual(['a', 'b', 'c'])
    expect(received.at(-1)?.path).toBe('/api/v2/contacts?pageSize=2&cursor=x')
  })

  test('an id with signs in it stays inside its segment', async () => {
    const { beckon, received } = scripted(Response.json({}))

    await beckon.getContact('../agents?x=1')

    expect(received[0]?.path).toBe('/api/v2/contacts/..%2Fagents%3Fx%3D1')
  })
})

describe('events', () => {
  test('a stream that breaks is taken up behind the last event that was dealt with', async () => {
    const { beckon, received } = scripted(
      Response.json({ entities: [], cursor: 'c0', pageSize: 0 }),
      stream(': hi\n\nid: c1\nevent: message.created\ndata: {"id":"c1","type":"message.created"}\n\n'),
      problem(503, { code: 'unavailable' }),
      stream('id: c2\ndata: {"id":"c2","type":"message.seen"}\n\n'),
    )
    const seen: string[] = []

    for await (const { id } of beckon.events()) {
      seen.push(id)
      if (id === 'c2') break
    }

    expect(seen).toEqual(['c1', 'c2'])
    expect(received.map(({ path }) => path)).toEqual([
      '/api/v2/events?after=latest&limit=1',
      '/api/v2/events/stream?after=c0',
      '/api/v2/events/stream?after=c1',
      '/api/v2/events/stream?after=c1',
    ])
  })

  test('long polling goes on where it was', async () => {
    const page = (id: string): Response => Response.json({ entities: [{ id, type: 'message.seen' }], cursor: id, pageSize: 1 })
    const { beckon, received } = scripted(page('c6'), cut(), page('c7'))
    const seen: string[] = []

    for await (const { id } of beckon.events({ after: 'c5', via: 'poll', types: ['message.seen', 'message.created'] })) {
      seen.push(id)
      if (seen.length === 2) break
    }

    expect(seen).toEqual(['c6', 'c7'])
    expect(received.at(-1)?.path).toBe('/api/v2/events?types=message.seen%2Cmessage.created&after=c6&wait=25&limit=500')
  })

  test('a stream that was cut behind events of no interest is taken up behind them', async () => {
    const { beckon, received } = scripted(stream('id: c41\n\n'), stream('id: c42\ndata: {"id":"c42"}\n\n'))

    for await (const event of beckon.events({ after: 'c1' })) {
      expect(event.id).toBe('c42')
      break
    }

    expect(received.at(-1)?.path).toBe('/api/v2/events/stream?after=c41')
  })

  test('typing is heard, but is not an event', async () => {
    const typing = { conversationId: 'k', contactId: 'c', by: 'guest' }
    const { beckon } = scripted(stream(`event: typing\ndata: ${JSON.stringify(typing)}\n\nid: c2\ndata: {"id":"c2"}\n\n`))
    const heard: unknown[] = []

    for await (const event of beckon.events({ after: 'c1', onTyping: (each) => heard.push(each) })) {
      expect(event.id).toBe('c2')
      break
    }

    expect(heard).toEqual([typing])
  })

  test('a missing scope ends the loop with the refusal', async () => {
    const { beckon } = scripted(problem(403, { code: 'insufficient_scope', detail: 'No.' }))

    const walk = async (): Promise<void> => {
      for await (const event of beckon.events({ after: 'c1' })) expect(event).toBeUndefined()
    }

    await expect(walk()).rejects.toMatchObject({ code: 'insufficient_scope' })
  })

  test('the signal ends the loop quietly', async () => {
    const caller = new AbortController()
    const { beckon } = scripted(() => {
      caller.abort()
      return stream('id: c2\ndata: {"id":"c2"}\n\n')
    })

    for await (const event of beckon.events({ after: 'c1', signal: caller.signal })) expect(event.id).toBe('c2')

    expect(caller.signal.aborted).toBe(true)
  })
})

function stream(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
}
