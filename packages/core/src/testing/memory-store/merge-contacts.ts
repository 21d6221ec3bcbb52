import type { Entry } from '../../domain/entry/entry.ts'
import type { ContactId } from '../../domain/ids.ts'
import { owned } from './find.ts'
import { deletePushDevices } from './identity.ts'
import { entryKey, type OwnedKind, type Table, type Tables } from './tables.ts'

/** Makes everything of one contact another's, in the order in which it came. */
export function mergeContacts(tables: Tables, from: ContactId, into: ContactId): void {
  const both = { from, into }
  for (const { id, lastSeq } of owned(tables, tables.conversations, 'conversations', from)) {
    for (let seq = 1; seq <= lastSeq; seq += 1) {
      const entry = tables.entries.get(entryKey(id, seq))
      if (!entry) continue
      tables.entries.put(entryKey(id, seq), { ...moveName(tables, entry, both), contactId: into })
    }
  }
  move(tables, 'conversations', tables.conversations, both)
  move(tables, 'attachments', tables.attachments, both)
  for (const { id } of owned(tables, tables.proactives, 'unsettled', from)) tables.byOwner.add(`unsettled ${into}`, id)
  move(tables, 'proactives', tables.proactives, both)
  for (const { value: event } of [...tables.events.rows()]) if (event.contactId === from) tables.events.put(String(event.position), { ...event, contactId: into })
  for (const { value } of [...tables.answers.rows()]) if (value.about === from) tables.answers.put(value.answer.key, { ...value, about: into })
  for (const { value } of [...tables.timers.rows()]) {
    if (value.timer.job.contactId === from) tables.timers.put(value.timer.id, { ...value, timer: { ...value.timer, job: { ...value.timer.job, contactId: into } } })
  }
  deletePushDevices(tables, from)
}

interface Both {
  readonly from: ContactId
  readonly into: ContactId
}

function move<T extends { readonly id: string; readonly contactId: ContactId }>(tables: Tables, kind: OwnedKind, table: Table<T>, { from, into }: Both): void {
  for (const value of owned(tables, table, kind, from)) {
    tables.byOwner.delete(`${kind} ${from}`, value.id)
    tables.byOwner.add(`${kind} ${into}`, value.id)
    table.put(value.id, { ...value, contactId: into })
  }
}

/** A client's own name for its message, unless the other contact has one of that name already. */
function moveName(tables: Tables, entry: Entry, { from, into }: Both): Entry {
  if (entry.kind === 'event' || entry.clientId === undefined) return entry
  const { clientId, ...nameless } = entry
  tables.byKey.delete(`client ${from} ${clientId}`)
  if (tables.byKey.get(`client ${into} ${clientId}`) !== undefined) return nameless
  tables.byKey.put(`client ${into} ${clientId}`, entry.id)
  return entry
}
