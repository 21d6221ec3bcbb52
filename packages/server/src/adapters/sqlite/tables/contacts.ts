import { identityKey, type Contact, type ContactFilter, type ContactId, type Page, type PageRequest } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number, type Row } from '../../sql/row.ts'
import { searchText } from '../../sql/search-text.ts'
import type { Connection } from '../connection.ts'
import { createRecent } from '../recent.ts'

export interface Kept<T> {
  readonly key: number
  readonly value: T
}

const columns = 'key, body'

export type Contacts = ReturnType<typeof createContacts>

export function createContacts(db: Connection, capacity: number) {
  const recent = createRecent<ContactId, Kept<Contact>>(capacity)
  const byId = db.prepare(`SELECT ${columns} FROM contacts WHERE id = ?`)
  const byExternalId = db.prepare(`SELECT ${columns} FROM contacts WHERE external_id = ?`)
  const list = db.prepare(`SELECT ${columns} FROM contacts WHERE key < ?1 AND body ->> '$.erasedAt' IS NULL AND body ->> '$.mergedInto' IS NULL AND (?2 IS NULL OR instr(search, ?2) > 0)
    AND (?3 IS NULL OR lower(body ->> '$.email') = ?3) AND (?4 IS NULL OR body ->> '$.deploymentId' = ?4) ORDER BY key DESC LIMIT ?5`)
  const byIdentity = db.prepare(`SELECT ${columns} FROM contacts WHERE identity = ?`)
  const upsert = db.prepare(`INSERT INTO contacts (id, external_id, identity, search, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, identity = excluded.identity, search = excluded.search, body = excluded.body RETURNING key`)

  return {
    recent,
    find(id: ContactId): Kept<Contact> | undefined {
      const known = recent.get(id)
      if (known) return known
      const row = byId.get(id)
      if (!row) return undefined
      const kept = decode(row)
      recent.set(id, kept)
      return kept
    },
    findByExternalId(externalId: string): Contact | undefined {
      const row = byExternalId.get(externalId)
      return row && decode(row).value
    },
    findByIdentity(key: string): Kept<Contact> | undefined {
      const row = byIdentity.get(key)
      return row && decode(row)
    },
    list({ size, cursor }: PageRequest, { text, email, deploymentId }: ContactFilter): Page<Contact> {
      const before = decodeCursor(cursor, 1)?.[0] ?? Number.MAX_SAFE_INTEGER
      const rows = list.all(before, text?.toLowerCase() ?? null, email?.toLowerCase() ?? null, deploymentId ?? null, size + 1)
      return page(rows, size, (row) => encodeCursor(number(row, 'key')), (row) => decode(row).value)
    },
    put(contact: Contact): void {
      const identity = contact.identity ? identityKey(contact.deploymentId, contact.identity) : null
      const row = upsert.get(contact.id, contact.externalId ?? null, identity, searchText(contact), JSON.stringify(contact))
      recent.set(contact.id, { key: number(row ?? {}, 'key'), value: contact })
    },
  }
}

function decode(row: Row): Kept<Contact> {
  return { key: number(row, 'key'), value: body<Contact>(row) }
}
