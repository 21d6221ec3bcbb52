import { identityKey, isUnderWay, isUnused, type Change, type ContactId, type DomainEvent, type ProactiveMessage } from '@beckon/core'
import { entryBody } from '../../sql/entry-body.ts'
import { searchText } from '../../sql/search-text.ts'
import { holdsNul } from '../../sql/holds-nul.ts'
import type { Statement } from '../connect.ts'
import { jsonText } from '../json-text.ts'
import { eraseContact } from './erase-contact.ts'
import { mergeContacts } from './merge-contacts.ts'
import { rareStatements, type RareChange } from './rare.ts'
import type { Cell, RowTableName } from './row-tables.ts'

/** Sends statements, in one round trip, and answers with the rows of each. */
export type Ask = (statements: readonly Statement[]) => Promise<readonly (readonly Readonly<Record<string, unknown>>[])[]>

/** What one change writes. */
export type Write =
  /** Gathered with others of its table; the last of one row wins. */
  | { readonly kind: 'row'; readonly table: RowTableName; readonly key: string; readonly cells: readonly Cell[] }
  | { readonly kind: 'drop-timer'; readonly id: string }
  | { readonly kind: 'withdraw'; readonly conversationId: string; readonly seq: number }
  | { readonly kind: 'event'; readonly event: DomainEvent; readonly data: string | null }
  /** Written after what came before it and before what comes after it. */
  | { readonly kind: 'statements'; readonly statements: readonly Statement[] }
  /** The same, for what has to read first. */
  | { readonly kind: 'steps'; readonly run: (ask: Ask) => Promise<void> }
  /** What was one contact's in the feed until here is another's, or loses what it says. */
  | { readonly kind: 'events-change'; readonly of: ContactId; readonly into?: ContactId }

/** Throws for what the engine could not store. `about` is the contact that the decision is about. */
export function encode(change: Change, about: ContactId | undefined): readonly Write[] {
  switch (change.kind) {
    case 'put-contact': {
      const { contact } = change
      const identity = contact.identity ? identityKey(contact.deploymentId, contact.identity) : null
      return [row('contacts', contact.id, contact.externalId ?? null, identity, searchText(contact), jsonText(contact))]
    }
    case 'put-session': {
      const { session } = change
      const { id, contactId, deploymentId, tokenHash, foldedTokenHash, ended } = session
      return [row('sessions', id, contactId, deploymentId, tokenHash, foldedTokenHash ?? null, ended !== undefined, jsonText(session))]
    }
    case 'put-conversation': {
      const { conversation } = change
      const { id, contactId, status, quiet, lastEntryAt } = conversation
      return [row('conversations', id, contactId, status, quiet, lastEntryAt, jsonText(conversation))]
    }
    case 'append-entry': {
      const { entry } = change
      const { id, contactId, conversationId, seq, at } = entry
      const clientId = entry.kind === 'message' ? entry.clientId : undefined
      const cells = [conversationId, seq, id, at, contactId, clientId ?? null, entry.kind === 'event', jsonText(entryBody(entry))]
      return [rowOf('entries', id, cells)]
    }
    case 'append-event': return [{ kind: 'event', event: change.event, data: change.event.data === undefined ? null : jsonText(change.event.data) }]
    case 'put-proactive': return [proactiveRow(change.proactive)]
    case 'put-attachment': return [row('attachments', change.attachment.id, change.attachment.contactId, isUnused(change.attachment), jsonText(change.attachment))]
    case 'put-timer': return [row('timers', change.timer.id, change.timer.dueAt, jsonText(change.timer.job))]
    case 'put-answer': {
      const { key, fingerprint, value, expiresAt } = change.answer
      return [row('answers', key, fingerprint, jsonText(value), about ?? null, expiresAt)]
    }
    default: return encodeRare(change)
  }
}

function encodeRare(change: RareChange | Extract<Change, { kind: 'drop-timer' | 'withdraw-entry' | 'merge-contacts' | 'erase-contact' }>): readonly Write[] {
  switch (change.kind) {
    case 'drop-timer': return [{ kind: 'drop-timer', id: change.id }]
    case 'withdraw-entry': return [{ kind: 'withdraw', conversationId: change.conversationId, seq: change.seq }]
    case 'merge-contacts': {
      const { from, into } = change
      return [{ kind: 'events-change', of: from, into }, { kind: 'statements', statements: mergeContacts(from, into) }]
    }
    case 'erase-contact': {
      const { contactId } = change
      return [{ kind: 'events-change', of: contactId }, { kind: 'steps', run: (ask) => eraseContact(ask, contactId) }]
    }
    default: return [{ kind: 'statements', statements: rareStatements(change) }]
  }
}

function proactiveRow(message: ProactiveMessage): Write {
  const { id, messageId, contactId, conversationId, seq, status, policy, proactive } = message
  return row('proactives', id, messageId, contactId, conversationId ?? null, seq ?? null, status, isUnderWay(message), policy.supersedeKey ?? null, proactive, jsonText(message))
}

function row(table: RowTableName, key: string, ...rest: readonly Cell[]): Write {
  return rowOf(table, key, [key, ...rest])
}

/** The engine would refuse the whole batch for one cell. */
function rowOf(table: RowTableName, key: string, cells: readonly Cell[]): Write {
  if (holdsNul(cells)) throw new TypeError('a text with NUL cannot be stored')
  return { kind: 'row', table, key, cells }
}
