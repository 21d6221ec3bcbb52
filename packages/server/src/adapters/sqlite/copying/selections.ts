import type { CopiedTable } from '../../sql/copying/copied-tables.ts'

/** How one table is read in the other engine's shape. */
export interface Selection {
  readonly from?: string
  /** What its rows are ordered and found by. */
  readonly key: readonly string[]
  /** Columns that are not simply themselves. */
  readonly columns?: Readonly<Record<string, string>>
}

const placesEach = '4194304' // docs/adr/0011-table-layout-and-thread.md
const owner = '(SELECT id FROM contacts WHERE contacts.key = contact_key)'
const flag = (column: string): string => `iif(${column}, 'true', 'false')`

/**
 * An inner join would leave out, without a word, what has lost its contact: subqueries give NULL for it, which the other engine refuses.
 * Whose an event is follows from its conversation there.
 */
export const selections: Readonly<Record<CopiedTable, Selection>> = {
  deployments: { key: ['key'] },
  oauth_clients: { key: ['key'] },
  access_tokens: { key: ['hash'] },
  agents: { key: ['key'] },
  agent_sessions: { key: ['hash'] },
  contacts: { key: ['key'] },
  sign_ins: { key: ['id'] },
  refresh_tokens: { key: ['hash'] },
  push_devices: { key: ['deployment_id', 'token_hash'], columns: { contact_id: owner } },
  sessions: { key: ['key'], columns: { contact_id: owner, has_ended: flag('has_ended') } },
  attachments: { key: ['key'], columns: { contact_id: owner, is_unused: flag('is_unused') } },
  conversations: { key: ['key'], columns: { contact_id: owner, quiet: flag('quiet') } },
  entries: {
    key: ['place'],
    columns: {
      conversation_id: `(SELECT id FROM conversations WHERE conversations.key = place / ${placesEach})`,
      seq: `place % ${placesEach}`,
      contact_id: owner,
      is_event: flag("body ->> '$.kind' = 'event'"),
      withdrawn: flag('withdrawn'),
    },
  },
  proactive_messages: { key: ['key'], columns: { contact_id: owner, is_pending: flag('is_pending'), is_proactive: flag('is_proactive') } },
  events: {
    from: 'events LEFT JOIN conversations ON conversations.key = conversation_key',
    key: ['position'],
    columns: {
      at: 'events.at',
      conversation_id: 'conversations.id',
      contact_id: `CASE WHEN conversation_key IS NULL THEN (SELECT id FROM contacts WHERE contacts.key = events.contact_key) END`,
    },
  },
  timers: { key: ['id'] },
  answers: { key: ['key'], columns: { contact_id: owner } },
}
