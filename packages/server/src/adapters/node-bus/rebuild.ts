import { toId, type Committed, type ContactId, type Conversation, type Entry, type Reader, type Session, type SessionId, type TellableEvent } from '@beckon/core'

/** The sockets of this process. */
export interface LocalSockets {
  /** The sessions that the contact's sockets here act for; none when there is no socket. */
  sessionsOf(contactId: ContactId): readonly SessionId[]
}

export type RebuildReader = Pick<Reader, 'epoch' | 'events' | 'lastPosition' | 'conversation' | 'latestConversation' | 'session' | 'attachment'>

interface RebuildDeps {
  readonly reader: Pick<RebuildReader, 'conversation' | 'latestConversation' | 'session'>
  readonly sockets: LocalSockets
}

/** Events of one contact that follow each other. */
interface Run {
  readonly contactId: ContactId | undefined
  readonly told: TellableEvent[]
}

/**
 * Hints made from events, in the order of the feed. An event tells what happened and carries its entry; what became of the
 * thread and of the sessions is read for those who have a socket here, as it is now: nobody else here would look at it.
 */
export function createRebuild(deps: RebuildDeps): (events: readonly TellableEvent[]) => Promise<readonly Committed[]> {
  return async (events) => {
    const runs = runsOf(events)
    return Promise.all(runs.map(async (run) => (isLastOf(run, runs) ? withState(deps, run, runs) : committedOf(run))))
  }
}

async function withState({ reader, sockets }: RebuildDeps, run: Run, runs: readonly Run[]): Promise<Committed> {
  const { contactId } = run
  const mergedFrom = mergedIn(run)
  const committed = { ...committedOf(run), ...(mergedFrom === undefined ? {} : { mergedFrom }) }
  const sessionIds = [contactId, mergedFrom].flatMap((id) => (id === undefined ? [] : sockets.sessionsOf(id)))
  if (contactId === undefined || sessionIds.length === 0) return committed
  const told = runs.filter((one) => one.contactId === contactId).flatMap((one) => one.told)
  const [conversations, sessions] = await Promise.all([
    readConversations(reader, told, mergedFrom === undefined ? undefined : contactId),
    Promise.all([...new Set(sessionIds)].map((id) => reader.session(id))),
  ])
  return { ...committed, conversations, sessions: sessions.filter((one): one is Session => one !== undefined) }
}

/** Where the contact is comes last, when a merger may have changed that. */
async function readConversations(reader: RebuildDeps['reader'], told: readonly TellableEvent[], merged: ContactId | undefined): Promise<readonly Conversation[]> {
  const ids = [...new Set(told.flatMap(({ event: { conversationId } }) => (conversationId === undefined ? [] : [conversationId])))]
  const latest = merged === undefined ? undefined : await reader.latestConversation(merged)
  const found = await Promise.all(ids.filter((id) => id !== latest?.id).map((id) => reader.conversation(id)))
  return [...found, latest].filter((one): one is Conversation => one !== undefined)
}

function runsOf(events: readonly TellableEvent[]): readonly Run[] {
  const runs: Run[] = []
  for (const told of events) {
    const last = runs.at(-1)
    if (last && last.contactId === told.event.contactId) last.told.push(told)
    else runs.push({ contactId: told.event.contactId, told: [told] })
  }
  return runs
}

/** What became of a contact is told once, with the last that happened to them. */
function isLastOf(run: Run, runs: readonly Run[]): boolean {
  return mergedIn(run) !== undefined || runs.findLast(({ contactId }) => contactId === run.contactId) === run
}

function mergedIn({ told }: Run): ContactId | undefined {
  const id = told.findLast(({ event }) => event.type === 'contact.merged')?.event.data?.['mergedContactId']
  return typeof id === 'string' ? toId<'contact'>(id) : undefined
}

function committedOf({ contactId, told }: Run): Committed {
  const entries = told.flatMap(({ entry }): readonly Entry[] => (entry ? [entry] : []))
  return {
    ...(contactId === undefined ? {} : { contactId }),
    entries: entries.map((entry) => ({ entry })),
    events: told.map(({ event }) => event),
    conversations: [],
    sessions: [],
  }
}
