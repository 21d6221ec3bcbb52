import { DatabaseSync } from 'node:sqlite'

/**
 * The log both relays write: message and conversation, `synchronous=FULL`, in the layout that measured fastest (ADR 0011).
 * The floor commits many messages at once, the naive relay one by one; the SQL is the same.
 */

export interface StoredMessage {
  readonly from: string
  readonly to: string
  readonly seq: number
  readonly text: string
  readonly at: number
}

export interface RelayStore {
  readonly begin: () => void
  readonly commit: () => void
  append(message: { readonly from: string; readonly to: string; readonly text: string }): StoredMessage
  /** What was sent to someone after a position, oldest first. */
  since(to: string, seq: number): readonly StoredMessage[]
}

interface Conversation {
  readonly key: number
  lastSeq: number
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS conversations (key INTEGER PRIMARY KEY, sender TEXT NOT NULL, receiver TEXT NOT NULL,
    last_seq INTEGER NOT NULL, last_text TEXT, last_at INTEGER, UNIQUE (receiver, sender));
  CREATE TABLE IF NOT EXISTS messages (conversation_key INTEGER NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,
    UNIQUE (conversation_key, seq));`

export function openRelayStore(path: string): RelayStore {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`)
  const conversations = new Map<string, Conversation>()
  const create = database.prepare('INSERT INTO conversations (sender, receiver, last_seq) VALUES (?, ?, 0)')
  const insert = database.prepare('INSERT INTO messages (conversation_key, seq, text, at) VALUES (?, ?, ?, ?)')
  const bump = database.prepare('UPDATE conversations SET last_seq = ?, last_text = ?, last_at = ? WHERE key = ?')
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const select = database.prepare(`SELECT c.sender, c.receiver, m.seq, m.text, m.at FROM conversations c JOIN messages m ON m.conversation_key = c.key
    WHERE c.receiver = ? AND m.seq > ? ORDER BY c.key, m.seq`)

  const conversationOf = (from: string, to: string): Conversation => {
    const name = `${from}\n${to}`
    const known = conversations.get(name)
    if (known !== undefined) return known
    const fresh = { key: Number(create.run(from, to).lastInsertRowid), lastSeq: 0 }
    conversations.set(name, fresh)
    return fresh
  }

  return {
    begin: () => { begin.run() },
    commit: () => { commit.run() },
    append: ({ from, to, text }) => {
      const conversation = conversationOf(from, to)
      const at = Date.now()
      conversation.lastSeq += 1
      insert.run(conversation.key, conversation.lastSeq, text, at)
      bump.run(conversation.lastSeq, text, at, conversation.key)
      return { from, to, seq: conversation.lastSeq, text, at }
    },
    since: (to, seq) => select.all(to, seq).map((row) => ({
      from: String(row['sender']), to: String(row['receiver']), seq: Number(row['seq']), text: String(row['text']), at: Number(row['at']),
    })),
  }
}
