import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import type { BeckonGuest, GuestMemory } from './beckon-guest.ts'
import { connectBeckonGuest, createGuestMemory } from './beckon-guest.ts'
import type { BeckonTarget, Driver, Pair } from './driver.ts'
import { openEventStream } from './event-stream.ts'
import { storedGuestMemory } from './stored-guest.ts'
import type { HttpClient } from './http-client.ts'
import { createHttpClient } from './http-client.ts'

interface MessageCreated {
  readonly conversationId: string
  readonly data: { readonly message: { readonly direction: 'inbound' | 'outbound'; readonly text?: string } }
}

const MOST_CONNECTIONS = 512

/** Where there are several nodes, guests are spread over them, and the backend of each guest is on the node after the guest's, unless that is a stranger. */
export function createBeckonDriver(target: BeckonTarget): Driver {
  const nodes = target.urls.map((url, index) => createNode({ ...target, ...target.strangers?.[index] }, url))
  const guestNode = (index: number): Node => must(nodes[index % nodes.length], 'a node')
  const backendNode = (index: number): Node => guestNode(target.strangers ? index : index + 1)
  const { storedConversations } = target
  const memories = new Map<number, GuestMemory>()
  const memoryOf = (index: number): GuestMemory => {
    const known = memories.get(index) ?? (storedConversations === undefined ? createGuestMemory() : storedGuestMemory(index, storedConversations))
    memories.set(index, known)
    return known
  }
  return {
    openPair: async (index) => {
      const memory = memoryOf(index)
      const guest = await connectGuest(guestNode(index), memory)
      const conversationId = must(memory.conversationId, 'the conversation just started')
      const backend = backendNode(index)
      return target.sender === 'guest' ? await guestSends(guest, conversationId, backend.feed) : backendSends(guest, conversationId, backend)
    },
    connectGuest: (index) => connectGuest(guestNode(index), memoryOf(index)),
    sendToGuest: async (index, count) => {
      const { contactId } = memoryOf(index)
      await Promise.all(Array.from({ length: count }, (_, number) =>
        backendNode(index).post(`/api/v2/conversations/messaging/contacts/${contactId}/messages`, `stored message ${number} `.padEnd(100, '.'))))
    },
    [Symbol.asyncDispose]: async () => {
      for (const node of nodes) node[Symbol.dispose]()
    },
  }
}

interface Node extends Disposable {
  readonly url: string
  readonly deploymentId: string
  readonly feed: Feed
  post(path: string, text: string): Promise<void>
}

function createNode(target: BeckonTarget, url: string): Node {
  const http = createHttpClient(url, MOST_CONNECTIONS)
  const feed = createFeed(target, url)
  return {
    url,
    deploymentId: target.deploymentId,
    feed,
    post: (path, text) => post(http, target, path, text),
    [Symbol.dispose]: () => {
      feed[Symbol.dispose]()
      http[Symbol.dispose]()
    },
  }
}

/** A guest who has chatted: a conversation begins with the guest's first message. */
async function connectGuest(node: Node, memory: GuestMemory): Promise<BeckonGuest> {
  const guest = await connectBeckonGuest(node, memory)
  if (memory.conversationId === undefined) await guest.send('the first message starts the conversation')
  return guest
}

async function guestSends(guest: BeckonGuest, conversationId: string, feed: Feed): Promise<Pair> {
  let listener: (text: string) => void = () => {}
  await feed.follow(conversationId, (text) => { listener(text) })
  return { send: guest.send, onReceived: (next) => { listener = next } }
}

function backendSends(guest: BeckonGuest, conversationId: string, node: Node): Pair {
  const path = `/api/v2/conversations/messaging/${conversationId}/messages`
  return { send: (text) => node.post(path, text), onReceived: guest.onReceived }
}

async function post(http: HttpClient, { accessToken }: BeckonTarget, path: string, text: string): Promise<void> {
  const answer = await http.request({ method: 'POST', path, accessToken, body: JSON.stringify({ text, from: { name: 'Mira', kind: 'agent' } }) })
  if (answer.status !== 202) throw new Error(`POST ${path} answered ${answer.status}: ${answer.body}`)
}

interface Feed extends Disposable {
  follow(conversationId: string, listener: (text: string) => void): Promise<void>
}

/** What guests write, from the event stream: one stream for each conversation, or one for all. */
function createFeed(target: BeckonTarget, url: string): Feed {
  const streams: Disposable[] = []
  const listeners = new Map<string, (text: string) => void>()
  const take = (data: string): void => {
    const { conversationId, data: { message } } = parseJson<MessageCreated>(data)
    if (message.direction === 'inbound') listeners.get(conversationId)?.(message.text ?? '')
  }
  const open = async (filter: string): Promise<void> => {
    streams.push(await openEventStream(`${url}/api/v2/events/stream?types=message.created${filter}`, target.accessToken, take))
  }
  let shared: Promise<void> | undefined
  return {
    follow: async (conversationId, listener) => {
      listeners.set(conversationId, listener)
      if (target.streams === 'each') return open(`&conversationId=${conversationId}`)
      shared ??= open('')
      return shared
    },
    [Symbol.dispose]: () => {
      for (const stream of streams) stream[Symbol.dispose]()
    },
  }
}
