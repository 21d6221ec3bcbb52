import type { Contact, Conversation, Entry, Event } from '@beckon/protocol'

/** As much of the server as the desk talks to, in memory: what a test puts in is what the desk reads. */
export interface MemoryApi {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Every call that changes something, as `METHOD path` with its body. */
  readonly changes: readonly { readonly call: string; readonly body: unknown; readonly key: string | null }[]
  readonly conversations: Map<string, Conversation>
  readonly addConversation: (id: string, more?: Partial<Conversation>) => Conversation
  /** The guest (or the business) writes; listening streams hear of it. */
  readonly write: (conversationId: string, text: string, direction?: 'inbound' | 'outbound') => Entry
  readonly publish: (type: Event['type'], conversationId: string, data: Record<string, unknown>) => void
  /** Cuts every open stream, as a laptop that sleeps does. */
  readonly cut: () => void
  /** Makes the next changing call fail. */
  readonly failNext: (problem: Readonly<Record<string, unknown>> & { readonly status: number }) => void
  signedIn: boolean
  /** How many conversations one page of a search looks at. */
  looksAt: number
}

const start = Date.parse('2026-03-04T10:00:00.000Z')

export function createMemoryApi(): MemoryApi {
  const conversations = new Map<string, Conversation>()
  const logs = new Map<string, Entry[]>()
  const events: Event[] = []
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const changes: { call: string; body: unknown; key: string | null }[] = []
  let failure: Response | undefined
  let clock = start
  const moment = (): string => new Date((clock += 1000)).toISOString()

  const api: MemoryApi = {
    signedIn: true,
    looksAt: Infinity,
    changes,
    conversations,
    addConversation(id, more = {}) {
      const conversation = { ...aConversation(id, moment()), ...more }
      conversations.set(id, conversation)
      logs.set(id, [])
      return conversation
    },
    write(conversationId, text, direction = 'inbound') {
      const log = logs.get(conversationId) ?? []
      const from = { kind: direction === 'inbound' ? ('customer' as const) : ('agent' as const), name: direction === 'inbound' ? 'Ada' : 'Mira' }
      const entry: Entry = { seq: log.length + 1, id: `${conversationId}-m${log.length + 1}`, conversationId, kind: 'message', direction, createdAt: moment(), from, text }
      log.push(entry)
      change(conversationId, { lastSeq: entry.seq, lastText: text, lastEntryAt: entry.createdAt })
      api.publish('message.created', conversationId, { message: entry })
      return entry
    },
    publish(type, conversationId, data) {
      const event: Event = { id: `c${events.length + 1}`, type, time: moment(), conversationId, contactId: 'p1', data }
      events.push(event)
      for (const stream of streams) stream.enqueue(frame(event))
    },
    cut() {
      for (const stream of streams) stream.error(new TypeError('terminated'))
      streams.clear()
    },
    failNext(problem) {
      failure = Response.json(problem, { status: problem.status })
    },
    fetch: async (url, init) => {
      const { pathname, searchParams } = new URL(url, 'http://desk.test')
      const method = init.method ?? 'GET'
      if (method !== 'GET') {
        const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
        return respond(method, pathname, body, new Headers(init.headers).get('idempotency-key'))
      }
      return read(pathname, searchParams, init.signal ?? undefined)
    },
  }

  function change(id: string, changed: Partial<Conversation>): Conversation {
    const before = conversations.get(id) ?? aConversation(id, moment())
    const conversation = { ...before, ...changed }
    conversations.set(id, conversation)
    return conversation
  }

  function respond(method: string, path: string, body: unknown, key: string | null): Response {
    const isDryRun = typeof body === 'object' && body !== null && 'dryRun' in body
    if (isDryRun) return Response.json(aPlan(conversations.get(path.split('/')[5] ?? '')))
    changes.push({ call: `${method} ${path.replace('/api/v2/conversations/messaging', '')}`, body, key })
    const failed = failure
    failure = undefined
    if (failed !== undefined) return failed
    if (path === '/api/v2/agents/login') {
      api.signedIn = true
      return Response.json(agent)
    }
    const id = path.split('/')[5] ?? ''
    if (method === 'PATCH') return Response.json(change(id, Object(body)))
    if (path.endsWith('/messages')) api.write(id, String(Object(body).text), 'outbound')
    return path.endsWith('/messages') ? Response.json({ id: 'p', messageId: 'm' }, { status: 202 }) : new Response(null, { status: 204 })
  }

  function read(path: string, query: URLSearchParams, signal: AbortSignal | undefined): Response {
    if (!api.signedIn) return Response.json({ code: 'invalid_token', status: 401, detail: 'Sign in.' }, { status: 401 })
    if (path === '/api/v2/events/stream') return stream(Number(query.get('after')?.slice(1)), signal)
    const fixed: Readonly<Record<string, unknown>> = {
      '/api/v2/agents/me': agent,
      '/api/v2/events': { entities: [], pageSize: 0, cursor: `c${events.length}` },
      '/api/v2/contacts': { entities: [ada], pageSize: 1 },
    }
    if (path in fixed) return Response.json(fixed[path])
    return path.startsWith('/api/v2/contacts/') ? Response.json(ada) : readConversations(path, query)
  }

  function readConversations(path: string, query: URLSearchParams): Response {
    const [, , , , , id, part] = path.split('/')
    if (id === undefined) return listed(query)
    if (id === 'proactive') return Response.json({ entities: [], pageSize: 0 })
    if (id === 'messages') return Response.json(aReport(part ?? ''))
    if (part !== 'messages') return Response.json(conversations.get(id))
    const after = Number(query.get('after'))
    return Response.json({ entities: (logs.get(id) ?? []).filter(({ seq }) => seq > after), pageSize: 100 })
  }

  function listed(query: URLSearchParams): Response {
    const matches = (each: Conversation): boolean =>
      (query.get('status') ?? each.status) === each.status && (query.get('quiet') ?? String(each.quiet)) === String(each.quiet)
    const all = [...conversations.values()].toSorted((a, b) => b.lastEntryAt.localeCompare(a.lastEntryAt))
    const q = query.get('q')
    if (q === null) return Response.json({ entities: all.filter(matches), pageSize: 50 })
    const from = Number(query.get('cursor') ?? 0)
    const lookedAt = all.slice(from, from + api.looksAt)
    query.set('cursor', String(from + api.looksAt))
    const more = { nextUri: `/api/v2/conversations/messaging?${query.toString()}`, searchedBackTo: lookedAt.at(-1)?.lastEntryAt }
    const entities = lookedAt.filter((each) => matches(each) && (each.lastText ?? '').includes(q))
    return Response.json({ entities, pageSize: 50, ...(from + api.looksAt < all.length ? more : {}) })
  }

  function stream(after: number, signal: AbortSignal | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        streams.add(controller)
        for (const event of events.slice(after)) controller.enqueue(frame(event))
        signal?.addEventListener('abort', () => streams.delete(controller) && controller.close())
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  return api
}

const agent = { agent: { id: 'a1', name: 'mira', displayName: 'Mira', role: 'agent', createdAt: '', updatedAt: '' }, scopes: [] }

const ada: Contact = {
  id: 'p1', deploymentId: 'd1', name: 'Ada', attributes: {}, optedOut: [],
  createdAt: '2026-03-01T10:00:00.000Z', updatedAt: '2026-03-01T10:00:00.000Z',
}

function aConversation(id: string, at: string): Conversation {
  const cursors = { guest: { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 }, business: { deliveredSeq: 0, seenSeq: 0 } }
  return {
    id, contactId: 'p1', deploymentId: 'd1', status: 'open', quiet: false, participants: [], lastSeq: 0, createdAt: at, lastEntryAt: at,
    contact: { name: 'Ada' }, presence: { connections: 1 }, cursors,
  }
}

function aPlan(conversation: Conversation | undefined): unknown {
  const isClosed = conversation?.status === 'closed'
  const found = { contact: 'known', conversation: isClosed ? 'closed' : 'open', session: 'active', connections: 1 }
  return { status: 'sent', contactId: 'p1', found, did: isClosed ? 'reopened' : 'appended', deliveries: [] }
}

function aReport(messageId: string): unknown {
  return { messageId, entities: [{ route: 'live', status: 'seen', at: '2026-03-04T10:00:09.000Z', connections: 2 }] }
}

function frame(event: Event): Uint8Array {
  return new TextEncoder().encode(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}
