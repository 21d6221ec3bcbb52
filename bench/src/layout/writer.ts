import { DatabaseSync } from 'node:sqlite'
import type { ConversationRef, Layout, SqlValue } from './layouts.ts'

export interface Pragmas {
  readonly pageSize: number
  readonly autocheckpointPages: number
  readonly extra?: string
}

export const DEFAULT_PRAGMAS: Pragmas = { pageSize: 4096, autocheckpointPages: 1000 }

/** One message as the store would get it from the core. */
export interface NewMessage {
  readonly conversation: number
  readonly id: string
  readonly clientId: string | null
  readonly participantId: string
  readonly text: string
  readonly at: number
}

export interface Writer extends Disposable {
  readonly database: DatabaseSync
  commit(batch: readonly NewMessage[]): void
  /** Entries alone, to build a large log quickly. */
  fill(batch: readonly NewMessage[]): void
}

export function openDatabase(path: string, pragmas: Pragmas): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA page_size = ${pragmas.pageSize}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${pragmas.autocheckpointPages}; ${pragmas.extra ?? ''}`)
  return database
}

/** Creates the schema, its conversations, and the prepared statements that one group commit runs. */
export function createWriter(path: string, layout: Layout, conversations: readonly ConversationRef[], pragmas: Pragmas): Writer {
  const database = openDatabase(path, pragmas)
  database.exec(layout.schema)
  insertConversations(database, layout, conversations)
  const insertEntry = database.prepare(layout.insertEntry)
  const bump = database.prepare(layout.bumpConversation)
  const insertEvent = database.prepare('INSERT INTO events (type, time, conversation_id, contact_id, data) VALUES (?,?,?,?,?)')
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const lastSeq = conversations.map(() => 0)
  const store = idStorage(layout)

  const append = (message: NewMessage): number => {
    const conversation = must(conversations[message.conversation])
    const seq = (lastSeq[message.conversation] ?? 0) + 1
    lastSeq[message.conversation] = seq
    const clientId = message.clientId === null ? null : store(message.clientId)
    insertEntry.run(...layout.address(conversation, seq), store(message.id), 1, store(message.participantId), message.at, message.text, null,
      conversation.key, clientId)
    return seq
  }
  const write = (message: NewMessage): void => {
    const conversation = must(conversations[message.conversation])
    const seq = append(message)
    bump.run(seq, message.at, message.text, layout.conversationKey(conversation))
    insertEvent.run('message.created', message.at, store(conversation.id), store(message.participantId), eventData(message, conversation, seq))
  }

  const inOneTransaction = (step: (message: NewMessage) => void) => (batch: readonly NewMessage[]): void => {
    begin.run()
    for (const message of batch) step(message)
    commit.run()
  }

  return {
    database,
    commit: inOneTransaction(write),
    fill: inOneTransaction(append),
    [Symbol.dispose]: () => { database.close() },
  }
}

export function must<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('absent')
  return value
}

function insertConversations(database: DatabaseSync, layout: Layout, conversations: readonly ConversationRef[]): void {
  const store = idStorage(layout)
  const keyed = layout.name !== 'a' && layout.name !== 'b'
  const insert = database.prepare(`INSERT INTO conversations (${keyed ? 'key, ' : ''}id, contact_id, status, last_seq, last_entry_at)
    VALUES (${keyed ? '?,' : ''}?,?,1,0,0)`)
  database.exec('BEGIN')
  for (const { key, id } of conversations) insert.run(...(keyed ? [key] : []), store(id), store(id))
  database.exec('COMMIT')
}

function idStorage(layout: Layout): (id: string) => SqlValue {
  return layout.ids === 'text' ? (id) => id : (id) => Buffer.from(id.replaceAll('-', ''), 'hex')
}

function eventData(message: NewMessage, conversation: ConversationRef, seq: number): string {
  return JSON.stringify({ message: { seq, id: message.id, conversationId: conversation.id, kind: 'message', direction: 'inbound',
    createdAt: message.at, participantId: message.participantId, text: message.text } })
}
