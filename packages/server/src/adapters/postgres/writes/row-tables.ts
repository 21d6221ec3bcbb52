import type { Statement } from '../connect.ts'

export type Cell = string | number | boolean | null

/** How the rows of one table are written, as many at once as there are. */
interface RowTable {
  readonly name: string
  /** Each with its type; what identifies a row comes first. */
  readonly columns: readonly (readonly [name: string, type: 'text' | 'bigint' | 'integer' | 'boolean' | 'json'])[]
  /** What follows the rows: absent is an append, which fails where there is one already. */
  readonly onConflict?: string
}

const updates = (key: string, ...columns: readonly string[]): string => `ON CONFLICT (${key}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`

/** In this order they are written: who first, then what is theirs. */
export const rowTables = {
  contacts: {
    name: 'contacts', columns: [['id', 'text'], ['external_id', 'text'], ['identity', 'text'], ['search', 'text'], ['body', 'json']],
    onConflict: updates('id', 'external_id', 'identity', 'search', 'body'),
  },
  sessions: {
    name: 'sessions',
    columns: [['id', 'text'], ['contact_id', 'text'], ['deployment_id', 'text'], ['token_hash', 'text'], ['folded_token_hash', 'text'], ['has_ended', 'boolean'], ['body', 'json']],
    onConflict: updates('id', 'has_ended', 'body'),
  },
  conversations: {
    name: 'conversations', columns: [['id', 'text'], ['contact_id', 'text'], ['status', 'text'], ['quiet', 'boolean'], ['last_entry_at', 'bigint'], ['body', 'json']],
    onConflict: updates('id', 'status', 'quiet', 'last_entry_at', 'body'),
  },
  entries: {
    name: 'entries', columns: [['conversation_id', 'text'], ['seq', 'integer'], ['id', 'text'], ['at', 'bigint'], ['contact_id', 'text'], ['client_id', 'text'], ['is_event', 'boolean'], ['body', 'json']],
  },
  proactives: {
    name: 'proactive_messages',
    columns: [
      ['id', 'text'], ['message_id', 'text'], ['contact_id', 'text'], ['conversation_id', 'text'], ['seq', 'integer'], ['status', 'text'], ['is_pending', 'boolean'],
      ['supersede_key', 'text'], ['is_proactive', 'boolean'], ['body', 'json'],
    ],
    onConflict: updates('id', 'conversation_id', 'seq', 'status', 'is_pending', 'body'),
  },
  attachments: {
    name: 'attachments', columns: [['id', 'text'], ['contact_id', 'text'], ['is_unused', 'boolean'], ['body', 'json']],
    onConflict: updates('id', 'is_unused', 'body'),
  },
  timers: {
    name: 'timers', columns: [['id', 'text'], ['due_at', 'bigint'], ['job', 'json']],
    onConflict: 'ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, leased_until = 0, job = excluded.job',
  },
  answers: {
    name: 'answers', columns: [['key', 'text'], ['fingerprint', 'text'], ['value', 'json'], ['contact_id', 'text'], ['expires_at', 'bigint']],
    onConflict: updates('key', 'fingerprint', 'value', 'contact_id', 'expires_at'),
  },
} as const satisfies Record<string, RowTable>

export type RowTableName = keyof typeof rowTables

/** In `writeRows`, before the rows: another table can be joined here. */
export const rowsFrom = 'SELECT asked.* FROM '

export function writeRows(table: RowTableName, rows: readonly (readonly Cell[])[]): Statement {
  const { name, columns, onConflict = '' }: RowTable = rowTables[table]
  const names = columns.map(([column]) => column).join(', ')
  const arrays = columns.map(([, type], index) => `$${String(index + 1)}::${type}[]`).join(', ')
  return {
    name: `write ${name} ${String(Object.keys(rowTables).indexOf(table)).padStart(2, '0')}`,
    text: `INSERT INTO ${name} (${names}) ${rowsFrom}unnest(${arrays}) AS asked (${names}) ${onConflict}`,
    values: columns.map((_, column) => rows.map((row) => row[column] ?? null)),
  }
}
