/**
 * The table layouts under comparison. Each says how the log of a conversation is keyed; everything else (columns, the
 * look-up by message id, the outbox, the guard against a guest's retry) is the same work for all of them.
 */

export interface Layout {
  readonly name: LayoutName
  readonly label: string
  readonly schema: string
  readonly insertEntry: string
  readonly bumpConversation: string
  readonly readLast50: string
  /** The values that stand for (conversation, seq) in `insertEntry`. */
  readonly address: (conversation: ConversationRef, seq: number) => readonly SqlValue[]
  /** The value by which `bumpConversation` and `readLast50` find the conversation. */
  readonly conversationKey: (conversation: ConversationRef) => string | number
  readonly ids: 'text' | 'blob'
}

export type SqlValue = string | number | null | Uint8Array

export interface ConversationRef {
  readonly key: number
  readonly id: string
}

export type LayoutName = 'a' | 'b' | 'c' | 'd' | 'e' | 'c-blob' | 'd-blob' | 'e-blob'

/** Entries of one conversation in the composed key: 2^20 leaves 2^33 conversations below the largest safe integer. */
const ENTRIES_PER_CONVERSATION = 2 ** 20

const ENTRY_TAIL = 'direction, participant_id, created_at, text, extra, contact_key, client_id'

export const LAYOUTS: readonly Layout[] = [
  textKeyed('a', 'text key, clustered', 'PRIMARY KEY (conversation_id, seq)', 'WITHOUT ROWID'),
  textKeyed('b', 'row id + unique (text key, seq)', 'UNIQUE (conversation_id, seq)', ''),
  integerKeyed({ name: 'c', label: 'integer key, clustered', key: 'PRIMARY KEY (conversation_key, seq)', tail: 'WITHOUT ROWID', ids: 'text' }),
  integerKeyed({ name: 'd', label: 'row id + unique (integer key, seq)', key: 'UNIQUE (conversation_key, seq)', tail: '', ids: 'text' }),
  composed('e', 'row id = key * 2^20 + seq', 'text'),
  integerKeyed({ name: 'c-blob', label: 'as c, ids as 16 bytes', key: 'PRIMARY KEY (conversation_key, seq)', tail: 'WITHOUT ROWID', ids: 'blob' }),
  integerKeyed({ name: 'd-blob', label: 'as d, ids as 16 bytes', key: 'UNIQUE (conversation_key, seq)', tail: '', ids: 'blob' }),
  composed('e-blob', 'as e, ids as 16 bytes', 'blob'),
]

export function layoutNamed(name: string): Layout {
  const layout = LAYOUTS.find((candidate) => candidate.name === name)
  if (layout === undefined) throw new Error(`no layout ${name}`)
  return layout
}

function entryColumns(idType: string): string {
  return `id ${idType} NOT NULL UNIQUE, direction INTEGER NOT NULL, participant_id ${idType}, created_at INTEGER NOT NULL,
    text TEXT, extra TEXT, contact_key INTEGER NOT NULL, client_id ${idType}`
}

function surroundings(conversations: string, idType: string): string {
  return `${conversations}
    CREATE UNIQUE INDEX entries_client_id ON entries (contact_key, client_id) WHERE client_id IS NOT NULL;
    CREATE TABLE events (position INTEGER PRIMARY KEY, type TEXT NOT NULL, time INTEGER NOT NULL, conversation_id ${idType},
      contact_id ${idType}, data TEXT NOT NULL);`
}

function textKeyed(name: LayoutName, label: string, key: string, tail: string): Layout {
  return {
    name, label, ids: 'text',
    schema: `CREATE TABLE entries (conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, ${entryColumns('TEXT')}, ${key}) ${tail};
      ${surroundings(`CREATE TABLE conversations (id TEXT PRIMARY KEY, contact_id TEXT, status INTEGER NOT NULL, last_seq INTEGER NOT NULL,
        last_entry_at INTEGER NOT NULL, last_text TEXT) WITHOUT ROWID;`, 'TEXT')}`,
    insertEntry: `INSERT INTO entries (conversation_id, seq, id, ${ENTRY_TAIL}) VALUES (?,?,?,?,?,?,?,?,?,?)`,
    bumpConversation: 'UPDATE conversations SET last_seq = ?, last_entry_at = ?, last_text = ? WHERE id = ?',
    readLast50: `SELECT seq, id, ${ENTRY_TAIL} FROM entries WHERE conversation_id = ? ORDER BY seq DESC LIMIT 50`,
    address: (conversation, seq) => [conversation.id, seq],
    conversationKey: (conversation) => conversation.id,
  }
}

interface IntegerKeyed {
  readonly name: LayoutName
  readonly label: string
  readonly key: string
  readonly tail: string
  readonly ids: 'text' | 'blob'
}

function integerKeyed({ name, label, key, tail, ids }: IntegerKeyed): Layout {
  const idType = ids === 'text' ? 'TEXT' : 'BLOB'
  return {
    name, label, ids,
    schema: `CREATE TABLE entries (conversation_key INTEGER NOT NULL, seq INTEGER NOT NULL, ${entryColumns(idType)}, ${key}) ${tail};
      ${surroundings(integerKeyedConversations(idType), idType)}`,
    insertEntry: `INSERT INTO entries (conversation_key, seq, id, ${ENTRY_TAIL}) VALUES (?,?,?,?,?,?,?,?,?,?)`,
    bumpConversation: 'UPDATE conversations SET last_seq = ?, last_entry_at = ?, last_text = ? WHERE key = ?',
    readLast50: `SELECT seq, id, ${ENTRY_TAIL} FROM entries WHERE conversation_key = ? ORDER BY seq DESC LIMIT 50`,
    address: (conversation, seq) => [conversation.key, seq],
    conversationKey: (conversation) => conversation.key,
  }
}

function composed(name: LayoutName, label: string, ids: 'text' | 'blob'): Layout {
  const idType = ids === 'text' ? 'TEXT' : 'BLOB'
  return {
    name, label, ids,
    schema: `CREATE TABLE entries (place INTEGER PRIMARY KEY, ${entryColumns(idType)});
      ${surroundings(integerKeyedConversations(idType), idType)}`,
    insertEntry: `INSERT INTO entries (place, id, ${ENTRY_TAIL}) VALUES (?,?,?,?,?,?,?,?,?)`,
    bumpConversation: 'UPDATE conversations SET last_seq = ?, last_entry_at = ?, last_text = ? WHERE key = ?',
    readLast50: `SELECT place & ${ENTRIES_PER_CONVERSATION - 1} AS seq, id, ${ENTRY_TAIL} FROM entries
      WHERE place > ?1 * ${ENTRIES_PER_CONVERSATION} AND place < (?1 + 1) * ${ENTRIES_PER_CONVERSATION} ORDER BY place DESC LIMIT 50`,
    address: (conversation, seq) => [conversation.key * ENTRIES_PER_CONVERSATION + seq],
    conversationKey: (conversation) => conversation.key,
  }
}

function integerKeyedConversations(idType: string): string {
  return `CREATE TABLE conversations (key INTEGER PRIMARY KEY, id ${idType} NOT NULL UNIQUE, contact_id ${idType}, status INTEGER NOT NULL,
    last_seq INTEGER NOT NULL, last_entry_at INTEGER NOT NULL, last_text TEXT);`
}
