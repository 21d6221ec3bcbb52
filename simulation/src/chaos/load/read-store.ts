import type { Beckon } from '@beckon/client'
import type { StoredEntry } from '../../history/record.ts'
import { seen } from './feed-readers.ts'
import type { Recorder } from './recorder.ts'

type ConversationOnTheWire = Awaited<ReturnType<Beckon['getConversation']>>
type EntryOnTheWire = Awaited<ReturnType<Beckon['listMessages']>>['entities'][number]

/** Everything that the API shows of the given contacts, written down as what the store holds. */
export async function readStore(beckon: Beckon, contactIds: readonly string[], { write }: Recorder): Promise<void> {
  for (const contactId of contactIds) {
    for (const conversation of await oldestFirst(beckon, contactId)) {
      write({ kind: 'stored', what: 'conversation', conversation: await whole(beckon, conversation, write) })
    }
    for await (const { id, messageId, text, status, sendAt } of beckon.listProactive({ contactId, pageSize: 100 })) {
      write({ kind: 'stored', what: 'message', message: { id, messageId, text, status, ...(sendAt === undefined ? {} : { sendAt: Date.parse(sendAt) }) } })
    }
  }
  for (let after: string | undefined; ; ) {
    const page = await beckon.listEvents({ ...(after === undefined ? {} : { after }), limit: 500 })
    for (const event of page.entities) write({ kind: 'stored', what: 'event', event: seen(event) })
    if (page.entities.length === 0) return
    after = page.cursor
  }
}

async function oldestFirst(beckon: Beckon, contactId: string): Promise<readonly ConversationOnTheWire[]> {
  const conversations: ConversationOnTheWire[] = []
  for await (const conversation of beckon.listConversations({ contactId, pageSize: 100 })) conversations.push(conversation)
  return conversations.toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt))
}

async function whole(beckon: Beckon, { id, contactId, status }: ConversationOnTheWire, write: Recorder['write']) {
  let lastSeq = 0
  for await (const entry of beckon.listMessages(id, { limit: 500 })) {
    write({ kind: 'stored', what: 'entry', entry: stored(entry) })
    lastSeq = entry.seq
  }
  return { id, contactId, status, lastSeq }
}

function stored({ conversationId, seq, id, event, text, clientId, proactiveId, withdrawn, createdAt }: EntryOnTheWire): StoredEntry {
  return {
    conversationId, seq, id, createdAt: Date.parse(createdAt),
    ...(event === undefined ? {} : { event }),
    ...(text === undefined ? {} : { text }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(proactiveId === undefined ? {} : { proactiveId }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  }
}
