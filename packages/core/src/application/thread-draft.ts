import { appendEvent, appendMessage, closed, reopened, type EventLine, type MessageLine } from '../domain/conversation/append-entry.ts'
import { createConversation, findParticipant, type Conversation, type NewConversation, type Participant } from '../domain/conversation/conversation.ts'
import { withCustomAttributes, type CustomAttributes } from '../domain/conversation/custom-attributes.ts'
import type { autostart, Actor, Entry, EntryEvent, MessageEntry } from '../domain/entry/entry.ts'
import type { EventType } from '../domain/event/event.ts'
import type { ConversationId, EntryId } from '../domain/ids.ts'
import { plus, type Duration, type Instant } from '../domain/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { IdSource } from '../ports/id-source.ts'
import type { Change, Store, Timer, Trace } from '../ports/store.ts'

/** A conversation being written to inside one decision: each step appends its entry and tells its event. */
export interface ThreadDraft {
  readonly conversation: Conversation
  say(line: Omit<MessageLine, 'id' | 'kind' | 'participantId'> & { readonly id?: EntryId }, trace?: Trace): MessageEntry
  /** What the guest's page says about the visit. */
  describe(attributes: CustomAttributes): void
  join(by: Actor): Participant
  leave(participant: Participant, by: Actor): void
  close(by: Actor, reason?: string): void
  reopen(by: Actor, reason?: string): void
  /** Every change in order, the conversation's final state among them. */
  changes(): readonly Change[]
}

export interface DraftSettings {
  readonly ids: IdSource
  readonly now: Instant
  readonly idleCloseAfter?: Duration | undefined
}

/** How a thread that begins with somebody's arrival differs from one that begins with their word. */
export interface Opening {
  readonly reason?: typeof autostart
  readonly trace?: Trace
}

export interface ThreadDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
}

export function startThread(settings: DraftSettings, given: Omit<NewConversation, 'id' | 'customer'>, by: Actor, opening: Opening = {}): ThreadDraft {
  const { ids, now } = settings
  return createDraft(settings, createConversation({ ...given, id: ids.next(), customer: ids.next() }, now), { by, opening })
}

export function continueThread(settings: DraftSettings, conversation: Conversation): ThreadDraft {
  return createDraft(settings, conversation)
}

export function idleTimer(conversation: Conversation, idleCloseAfter: Duration): Timer {
  return {
    id: idleTimerId(conversation.id),
    dueAt: plus(conversation.lastEntryAt, idleCloseAfter),
    job: { kind: 'close-idle', contactId: conversation.contactId, conversationId: conversation.id },
  }
}

const eventOf: Record<EntryEvent, EventType> = {
  started: 'conversation.started',
  joined: 'participant.joined',
  left: 'participant.left',
  closed: 'conversation.closed',
  reopened: 'conversation.reopened',
}

function idleTimerId(id: ConversationId): string {
  return `close-idle:${id}`
}

function createDraft({ ids, now, idleCloseAfter }: DraftSettings, given: Conversation, started?: { readonly by: Actor; readonly opening: Opening }): ThreadDraft {
  let conversation = given
  const changes: Change[] = []

  const keep = <E extends Entry>(appended: { readonly conversation: Conversation; readonly entry: E }, type: EventType, trace?: Trace): E => {
    const { entry } = appended
    conversation = appended.conversation
    changes.push({ kind: 'append-entry', entry, ...(trace ? { trace } : {}) })
    changes.push({ kind: 'append-event', event: { type, at: now, contactId: given.contactId, conversationId: given.id, entrySeq: entry.seq } })
    return entry
  }
  const note = (event: EntryEvent, by: Actor, more: Pick<EventLine, 'participantId' | 'reason'> & { readonly trace?: Trace } = {}): void => {
    const { trace, ...about } = more
    keep(appendEvent(conversation, { id: ids.next(), kind: 'event', event, by, ...about }, now), eventOf[event], trace)
  }
  const watchIdleness = (): void => {
    if (idleCloseAfter !== undefined) changes.push({ kind: 'put-timer', timer: idleTimer(conversation, idleCloseAfter) })
  }
  const join = (by: Actor): Participant => {
    const known = findParticipant(conversation, by)
    if (known) return known
    const joined = newParticipant(ids, by, now)
    conversation = { ...conversation, participants: [...conversation.participants, joined] }
    if (joined.purpose === 'agent') note('joined', by, { participantId: joined.id })
    return joined
  }

  if (started) {
    note('started', started.by, started.opening)
    watchIdleness()
  }
  return {
    get conversation() {
      return conversation
    },
    describe: (attributes) => void (conversation = withCustomAttributes(conversation, attributes)),
    join,
    say(line, trace) {
      const participant = join(line.by)
      const appended = appendMessage(conversation, { id: ids.next(), ...line, kind: 'message', participantId: participant.id }, now)
      return keep(appended, 'message.created', trace)
    },
    leave(participant, by) {
      const participants = conversation.participants.map((one) => (one.id === participant.id ? { ...one, leftAt: now } : one))
      conversation = { ...conversation, participants }
      note('left', participant.name === undefined ? by : { ...by, name: participant.name }, { participantId: participant.id })
    },
    close(by, reason) {
      note('closed', by, reasonField(reason))
      conversation = closed(conversation, { at: now, by, ...(reason === undefined ? {} : { reason }) })
      if (idleCloseAfter !== undefined) changes.push({ kind: 'drop-timer', id: idleTimerId(conversation.id) })
    },
    reopen(by, reason) {
      conversation = reopened(conversation)
      note('reopened', by, reasonField(reason))
      watchIdleness()
    },
    changes: () => [{ kind: 'put-conversation', conversation }, ...changes],
  }
}

function reasonField(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason }
}

function newParticipant(ids: IdSource, by: Actor, now: Instant): Participant {
  const externalId = by.id ?? by.name
  return {
    id: ids.next(),
    purpose: by.kind === 'timer' ? 'api' : by.kind,
    joinedAt: now,
    ...(externalId === undefined ? {} : { externalId }),
    ...(by.name === undefined ? {} : { name: by.name }),
  }
}
