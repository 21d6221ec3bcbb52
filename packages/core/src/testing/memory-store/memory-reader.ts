import type { Contact } from '../../domain/contact/contact.ts'
import { isInGuestHistory, type Entry } from '../../domain/entry/entry.ts'
import type { ContactId, ConversationId } from '../../domain/ids.ts'
import { instant, type Instant } from '../../domain/instant.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ConversationFilter, EntryRange, EventFilter, Reader, TellableEvent } from '../../ports/reader.ts'
import { findAnswer, findByToken, findLatestConversation, findLatestSession, findMessage } from './find.ts'
import { newestFirst, oldestFirst, pageOf } from './page.ts'
import { entryKey, type Row, type Table, type Tables } from './tables.ts'

export interface ReaderGiven {
  readonly epoch: string
  readonly clock: Clock
  /** Throws while the store is away. */
  readonly mustAnswer: () => void
}

export function createMemoryReader(tables: Tables, { epoch, clock, mustAnswer }: ReaderGiven): Reader {
  // Async, so that what is thrown rejects; and one microtask late, so that callers cannot rely on an answer at once.
  const answer = async <T>(read: () => T): Promise<T> => {
    mustAnswer()
    return read()
  }
  return {
    epoch,
    ...people(tables, answer),
    ...access(tables, answer),
    entries: (id, range) => answer(() => entriesOf(tables, id, range)),
    message: (id) => answer(() => findMessage(tables, id)),
    guestHistory: (conversationId, page) => answer(() => historyOf(tables, conversationId, page)),
    proactive: (id) => answer(() => tables.proactives.get(id)),
    proactiveByMessage: (id) => answer(() => tables.proactives.get(tables.byKey.get(`message ${id}`) ?? '')),
    proactives: (page, { contactId, conversationId, status }) =>
      answer(() => {
        const wanted = where(tables.proactives, (one) => one.proactive && isOr(contactId, one.contactId) && isOr(conversationId, one.conversationId) && isOr(status, one.status))
        return pageOf(wanted, page, newestFirst)
      }),
    events: (position, limit, filter) => answer(() => eventsAfter(tables, position, limit, filter)),
    lastPosition: () => answer(() => tables.events.size),
    nextTimerAt: () => answer(() => nextTimerAt(tables)),
    answer: (key) => answer(() => findAnswer(tables, key, clock.now())),
    ping: () => answer(() => undefined),
  }
}

type Answering = <T>(read: () => T) => Promise<T>

function people(tables: Tables, answer: Answering) {
  return {
    deployment: (id) => answer(() => tables.deployments.get(id)),
    deployments: (page) => answer(() => pageOf(tables.deployments.rows(), page, oldestFirst)),
    contact: (id) => answer(() => tables.contacts.get(id)),
    contactByExternalId: (externalId) => answer(() => tables.contacts.get(tables.byKey.get(`external ${externalId}`) ?? '')),
    contacts: (page, { text, email, deploymentId }) =>
      answer(() => {
        const fits = (one: Contact): boolean =>
          one.erasedAt === undefined && one.mergedInto === undefined && isOr(deploymentId, one.deploymentId) && isOr(email?.toLowerCase(), one.email?.toLowerCase()) && contains(personText(tables, one.id), text)
        return pageOf(where(tables.contacts, fits), page, newestFirst)
      }),
    conversation: (id) => answer(() => tables.conversations.get(id)),
    conversations: (page, filter) =>
      answer(() => pageOf(conversationsWhere(tables, filter), page, ({ place, value }) => [value.lastEntryAt, place])),
    latestConversation: (contactId) => answer(() => findLatestConversation(tables, contactId)),
    session: (id) => answer(() => tables.sessions.get(id)),
    latestSession: (contactId) => answer(() => findLatestSession(tables, contactId)),
    sessionByToken: (deploymentId, hash) => answer(() => findByToken(tables, deploymentId, hash)),
  } satisfies Partial<Reader>
}

function access(tables: Tables, answer: Answering) {
  return {
    accessToken: (hash) => answer(() => tables.tokens.get(hash)),
    oauthClient: (id) => answer(() => tables.clients.get(id)),
    oauthClients: (page) => answer(() => pageOf(tables.clients.rows(), page, oldestFirst)),
    agent: (id) => answer(() => tables.agents.get(id)),
    agentByName: (name) => answer(() => tables.agents.get(tables.byKey.get(`agent ${name}`) ?? '')),
    agents: (page) => answer(() => pageOf(tables.agents.rows(), page, oldestFirst)),
    agentSession: (hash) => answer(() => tables.agentSessions.get(hash)),
    signIn: (id) => answer(() => tables.signIns.get(id)),
    signInByRefreshToken: (hash) => answer(() => tables.signIns.get(tables.byKey.get(`refresh ${hash}`) ?? '')),
    pushDevices: (contactId) => answer(() => where(tables.pushDevices, (one) => one.contactId === contactId).map(({ value }) => value)),
    attachment: (id) => answer(() => tables.attachments.get(id)),
  } satisfies Partial<Reader>
}

function conversationsWhere(tables: Tables, { status, quiet, contactId, deploymentId, text }: ConversationFilter) {
  return where(
    tables.conversations,
    (one) =>
      isOr(status, one.status) && isOr(quiet, one.quiet) && isOr(contactId, one.contactId) && isOr(deploymentId, one.deploymentId) &&
      contains(`${personText(tables, one.contactId)}\n${one.lastText}`, text),
  )
}

function personText(tables: Tables, id: ContactId): string {
  const contact = tables.contacts.get(id)
  return [contact?.name, contact?.email, contact?.externalId, contact?.phone].filter((part) => part !== undefined).join('\n')
}

function contains(text: string, sought: string | undefined): boolean {
  return sought === undefined || text.toLowerCase().includes(sought.toLowerCase())
}

function isOr<T>(wanted: T | undefined, value: T): boolean {
  return wanted === undefined || wanted === value
}

function where<T>(table: Table<T>, isWanted: (value: T) => boolean): readonly Row<T>[] {
  return [...table.rows()].filter((row) => isWanted(row.value))
}

function entriesOf(tables: Tables, id: ConversationId, { after = 0, before, limit }: EntryRange): readonly Entry[] {
  const end = Math.min(before ?? Infinity, (tables.logLengths.get(id) ?? 0) + 1)
  const first = before === undefined ? after + 1 : Math.max(after + 1, end - limit)
  const entries: Entry[] = []
  for (let seq = Math.max(1, first); seq < end && entries.length < limit; seq += 1) {
    const entry = tables.entries.get(entryKey(id, seq))
    if (entry) entries.push(entry)
  }
  return entries
}

function historyOf(tables: Tables, id: ConversationId, { afterSeq, offset, limit }: { readonly afterSeq: number; readonly offset: number; readonly limit: number }) {
  const entries = entriesOf(tables, id, { after: afterSeq, limit: Number.MAX_SAFE_INTEGER })
    .filter(isInGuestHistory)
    .toReversed()
  return { entries: entries.slice(offset, offset + limit), total: entries.length }
}

function eventsAfter(tables: Tables, position: number, limit: number, { types, contactId, conversationId }: EventFilter) {
  const events: TellableEvent[] = []
  let through = position
  for (let next = position + 1; next <= tables.events.size && events.length < limit; next += 1) {
    through = next
    const event = tables.events.get(String(next))
    if (!event || !(types?.includes(event.type) ?? true) || !isOr(contactId, event.contactId) || !isOr(conversationId, event.conversationId)) continue
    const entry = event.conversationId === undefined || event.entrySeq === undefined ? undefined : tables.entries.get(entryKey(event.conversationId, event.entrySeq))
    events.push(entry ? { event, entry } : { event })
  }
  return { events, through }
}

function nextTimerAt(tables: Tables): Instant | undefined {
  let next: Instant | undefined
  for (const { value } of tables.timers.rows()) {
    const at = instant(Math.max(value.timer.dueAt, value.leasedUntil ?? 0))
    if (next === undefined || at < next) next = at
  }
  return next
}
