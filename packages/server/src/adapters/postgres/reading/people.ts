import type { Attachment, Contact, ContactFilter, Page, PageRequest, Reader, Session } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number } from '../../sql/row.ts'
import { createConditions, patternOf } from './conditions.ts'
import type { LookUpIn } from './look-up.ts'
import type { Query } from './query.ts'

type PeopleReader = Pick<Reader, 'contact' | 'contactByExternalId' | 'contacts' | 'session' | 'latestSession' | 'sessionByToken' | 'attachment'>

/** Contacts, their sessions and their files. */
export function createPeopleReader(query: Query, lookUpIn: LookUpIn): PeopleReader {
  return {
    contact: lookUpIn<Contact>('contacts'),
    contactByExternalId: lookUpIn<Contact>('contacts', 'external_id'),
    contacts: (request, filter) => listContacts(query, request, filter),
    session: lookUpIn<Session>('sessions'),
    latestSession: (contactId) => query.one<Session>('latest_session', 'SELECT body FROM sessions WHERE contact_id = $1 ORDER BY key DESC LIMIT 1', [contactId]),
    sessionByToken: (deploymentId, tokenHash) => query.one<Session>('session_by_token', byToken, [deploymentId, tokenHash]),
    attachment: lookUpIn<Attachment>('attachments'),
  }
}

const byToken = `SELECT body FROM (
    (SELECT 0 AS rank, body FROM sessions WHERE deployment_id = $1 AND token_hash = $2 ORDER BY key DESC LIMIT 1) UNION ALL
    (SELECT 1 AS rank, body FROM sessions WHERE deployment_id = $1 AND folded_token_hash = $2 ORDER BY key DESC LIMIT 1)
  ) AS named ORDER BY rank LIMIT 1`

/** Nearly all are, which the engine takes for granted of what differs from a value, and would not of what is NULL: so it walks along the keys. */
const living = "CASE WHEN body ->> 'erasedAt' IS NULL AND body ->> 'mergedInto' IS NULL THEN 1 ELSE 0 END <> 0"

/**
 * What is sought in `search` comes before what is read from the body: comparing text costs a tenth of parsing, and an index of its
 * trigrams serves it where there is one (docs/guides/operate.md).
 */
async function listContacts(query: Query, { size, cursor }: PageRequest, { text, email, deploymentId }: ContactFilter): Promise<Page<Contact>> {
  const conditions = createConditions()
  const [before] = decodeCursor(cursor, 1) ?? []
  if (before !== undefined) conditions.add('after', 'key < ?', before)
  if (text !== undefined) conditions.add('text', 'search LIKE ?', patternOf(text))
  if (email !== undefined) {
    conditions.add('known', 'search LIKE ?', patternOf(email))
    conditions.add('email', "lower(body ->> 'email') = ?", email.toLowerCase())
  }
  if (deploymentId !== undefined) conditions.add('deployment', "body ->> 'deploymentId' = ?", deploymentId)
  conditions.add('living', living, undefined)
  const sql = `SELECT key, body FROM contacts ${conditions.where()} ORDER BY key DESC LIMIT ${conditions.place(size + 1)}`
  const rows = await query.rows(conditions.nameOf('contacts'), sql, conditions.values)
  return page(rows, size, (row) => encodeCursor(number(row, 'key')), (row) => body<Contact>(row))
}
