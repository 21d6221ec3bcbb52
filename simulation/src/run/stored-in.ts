import type { ConversationId, ProactiveMessage, Store, TellableEvent } from '@beckon/core'
import type { Stored, StoredEntry, Undated } from '../history/record.ts'

const many = 1_000_000

/** Everything that the store holds of what a history is judged by, conversations and events oldest first. */
export async function storedIn(store: Store): Promise<readonly Undated<Stored>[]> {
  const { events } = await store.events(0, many, {})
  const started = events.flatMap(({ event }) => (event.type === 'conversation.started' && event.conversationId !== undefined ? [event.conversationId] : []))
  const threads = await Promise.all(started.map((id) => threadIn(store, id)))
  const { entities } = await store.proactives({ size: many }, {})
  return [...threads.flat(), ...entities.toReversed().map(message), ...events.map(event)]
}

async function threadIn(store: Store, id: ConversationId): Promise<readonly Undated<Stored>[]> {
  const conversation = await store.conversation(id)
  if (!conversation) return []
  const { contactId, status, lastSeq } = conversation
  const entries = await store.entries(id, { limit: many })
  return [{ kind: 'stored', what: 'conversation', conversation: { id, contactId, status, lastSeq } }, ...entries.map((entry) => ({ kind: 'stored', what: 'entry', entry: line(entry) }) as const)]
}

function line(entry: Awaited<ReturnType<Store['entries']>>[number]): StoredEntry {
  const { conversationId, seq, id, at } = entry
  const placed = { conversationId, seq, id, createdAt: at }
  if (entry.kind === 'event') return { ...placed, event: entry.event }
  const { text, clientId, proactiveId, withdrawn } = entry
  return {
    ...placed, text,
    ...(clientId === undefined ? {} : { clientId }),
    ...(proactiveId === undefined ? {} : { proactiveId }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  }
}

function message({ id, messageId, saying, status, policy: { sendAt } }: ProactiveMessage): Undated<Stored> {
  return { kind: 'stored', what: 'message', message: { id, messageId, text: saying.text, status, ...(sendAt === undefined ? {} : { sendAt }) } }
}

function event({ event: { position, type, contactId, conversationId } }: TellableEvent): Undated<Stored> {
  return {
    kind: 'stored', what: 'event',
    event: { id: String(position), type, ...(contactId === undefined ? {} : { contactId }), ...(conversationId === undefined ? {} : { conversationId }) },
  }
}
