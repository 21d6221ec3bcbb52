import { RefusedWithRemedies } from '../refused-with-remedies.ts'

/** A value as PostgreSQL writes it as text: whole numbers in decimal, `true` and `false`, JSON as it was stored. */
export type Cell = string | null

/**
 * What both engines hold of a store, table by table: the columns that a copy carries over. The embedded store's integer keys become the
 * ids they stand for; its row keys stay as they are, so that cursors of lists go on being valid.
 */
export const copiedTables = {
  deployments: ['id', 'key', 'body'],
  oauth_clients: ['id', 'key', 'body'],
  access_tokens: ['hash', 'client_id', 'expires_at', 'body'],
  agents: ['id', 'key', 'name', 'body'],
  agent_sessions: ['hash', 'agent_id', 'expires_at'],
  contacts: ['id', 'key', 'external_id', 'identity', 'search', 'body'],
  sign_ins: ['id', 'identity', 'expires_at', 'body'],
  refresh_tokens: ['hash', 'sign_in_id'],
  push_devices: ['deployment_id', 'token_hash', 'contact_id', 'body'],
  sessions: ['id', 'key', 'contact_id', 'deployment_id', 'token_hash', 'folded_token_hash', 'has_ended', 'body'],
  attachments: ['id', 'key', 'contact_id', 'is_unused', 'body'],
  conversations: ['id', 'key', 'contact_id', 'status', 'quiet', 'last_entry_at', 'body'],
  entries: ['conversation_id', 'seq', 'id', 'at', 'contact_id', 'client_id', 'is_event', 'withdrawn', 'body'],
  proactive_messages: ['id', 'key', 'message_id', 'contact_id', 'conversation_id', 'seq', 'status', 'is_pending', 'supersede_key', 'is_proactive', 'body'],
  events: ['position', 'type', 'at', 'contact_id', 'conversation_id', 'entry_seq', 'data'],
  timers: ['id', 'due_at', 'job'],
  answers: ['key', 'fingerprint', 'value', 'contact_id', 'expires_at'],
} as const satisfies Record<string, readonly string[]>

export type CopiedTable = keyof typeof copiedTables

/** In the order in which they are copied. */
export const copiedTableNames = Object.keys(copiedTables) as readonly CopiedTable[]

/** Columns whose text is JSON. */
export const jsonColumns: ReadonlySet<string> = new Set(['body', 'data', 'job', 'value'])

/** Where a row stands in its table's order of copying: the values of its key. */
export type RowKey = readonly (string | number)[]

export interface CopiedRow {
  readonly key: RowKey
  /** One for each column of its table. */
  readonly cells: readonly Cell[]
}

/** What a table holds, whatever the order of its rows. */
export interface TableSum {
  readonly rows: number
  readonly checksum: string
}

/** The store that is copied, at rest. */
export interface CopySource extends Disposable {
  /** Of its log: a copy goes on in it, so that clients resume. */
  readonly epoch: string
  readonly lastPosition: number
  /** How many rows there are. */
  count(table: CopiedTable): number
  /** The next rows in the order of their keys. */
  rows(table: CopiedTable, after: RowKey | undefined, limit: number): readonly CopiedRow[]
}

/** How far a table has come. */
export interface CopyProgress {
  readonly rows: number
  readonly after?: RowKey
}

/** The store that is filled. Nobody else uses it meanwhile. */
export interface CopyTarget extends AsyncDisposable {
  readonly state: 'empty' | 'unfinished' | 'finished'
  progressOf(table: CopiedTable): CopyProgress
  /** Durable when it resolves, together with how far the table has come. */
  write(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>
  sum(table: CopiedTable): Promise<TableSum>
  /** Makes it a store of its own: keys and positions go on after those that were copied, in the source's epoch. */
  finish(): Promise<void>
}

/** The copy cannot begin or go on; what was copied so far stays. */
export class CopyRefused extends RefusedWithRemedies {
  override readonly name = 'CopyRefused'
}
