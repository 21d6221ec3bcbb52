import type { Conversation, Cursor } from '../../domain/conversation/conversation.ts'
import { conversationTransitions } from '../../domain/conversation/transitions.ts'
import type { Entry } from '../../domain/entry/entry.ts'
import { proactiveTransitions } from '../../domain/proactive/transitions.ts'
import { sessionTransitions } from '../../domain/session/transitions.ts'
import type { Picture } from './picture.ts'

/** Everything that is wrong with a picture, in words; nothing, if the rules hold. */
export function brokenRules(picture: Picture): readonly string[] {
  return [
    ...picture.conversations.flatMap(({ conversation, log }) => [...brokenOrder(conversation, log), ...brokenLife(conversation, log), ...brokenCursors(conversation)]),
    ...brokenFeed(picture),
    ...brokenMessages(picture),
    ...brokenSettlement(picture),
    ...brokenTimes(picture),
    ...brokenErasure(picture),
  ]
}

/** What is wrong with the way from one picture to the next. */
export function brokenMoves(before: Picture, after: Picture): readonly string[] {
  return [
    ...moves(before.messages, after.messages).flatMap(([was, is]) => (isReachable(proactiveSteps, was.status, is.status) ? [] : [`message ${is.id} went from ${was.status} to ${is.status}`])),
    ...moves(before.sessions, after.sessions).flatMap(([was, is]) => brokenSession(was.ended?.reason, is.ended?.reason, is.id)),
    ...moves(before.conversations.map(({ conversation }) => conversation), after.conversations.map(({ conversation }) => conversation)).flatMap(([was, is]) => [
      ...(is.lastSeq < was.lastSeq ? [`the log of ${is.id} became shorter`] : []),
      ...(isBehind(is.guest, was.guest) || isBehind(is.business, was.business) ? [`a cursor of ${is.id} went back`] : []),
    ]),
  ]
}

function brokenOrder({ id, lastSeq }: Conversation, log: readonly Entry[]): readonly string[] {
  return [
    ...(log.length === lastSeq ? [] : [`${id} says that it has ${lastSeq} entries and has ${log.length}`]),
    ...log.flatMap((entry, index) => (entry.seq === index + 1 ? [] : [`entry ${index + 1} of ${id} has seq ${entry.seq}`])),
    ...log.flatMap((entry, index) => (entry.at > (log[index - 1]?.at ?? 0) ? [] : [`entry ${entry.seq} of ${id} is not later than the one before it`])),
  ]
}

type LifeState = 'none' | 'open' | 'closed'

/** Replays the log by the rows of the life cycle: every line must be something that a row emits or appends. */
function brokenLife({ id, status }: Conversation, log: readonly Entry[]): readonly string[] {
  let state: LifeState = 'none'
  const broken: string[] = []
  for (const entry of log) {
    if (entry.kind === 'event' && (entry.event === 'joined' || entry.event === 'left')) continue
    const next: LifeState | undefined = entry.kind === 'message' ? appended(state, entry) : emitted(state, entry.event)
    if (next === undefined) broken.push(`entry ${entry.seq} of ${id} cannot follow in state ${state}: ${entry.kind === 'message' ? 'message' : entry.event} by ${entry.by.kind}`)
    else state = next
  }
  return state === status ? broken : [...broken, `the log of ${id} ends ${state}, but it says that it is ${status}`]
}

function appended(state: LifeState, { by }: Entry): 'open' | 'closed' | undefined {
  const on = by.kind === 'customer' ? 'guestWrites' : 'businessSends'
  const row = conversationTransitions.find((one) => one.from === state && one.on === on && one.does === 'append')
  return row?.to === 'open' || row?.to === 'closed' ? row.to : undefined
}

function emitted(state: LifeState, event: string): 'open' | 'closed' | undefined {
  const row = conversationTransitions.find((one) => one.from === state && one.does !== 'startLinked' && one.emits.some((emits) => emits === event))
  return row?.to === 'open' || row?.to === 'closed' ? row.to : undefined
}

function brokenCursors({ id, guest, business, lastSeq }: Conversation): readonly string[] {
  return [guest, business].flatMap((cursor) =>
    cursor.seenSeq <= cursor.deliveredSeq && cursor.deliveredSeq <= lastSeq ? [] : [`a cursor of ${id} is not possible: ${JSON.stringify(cursor)}`],
  )
}

/** Each entry is told of exactly once, in order, at places without gaps. */
function brokenFeed({ conversations, events }: Picture): readonly string[] {
  const told = events.flatMap(({ event }) => (event.entrySeq === undefined ? [] : [`${event.conversationId} ${event.entrySeq}`]))
  const logged = conversations.flatMap(({ log }) => log.map(({ conversationId, seq }) => `${conversationId} ${seq}`))
  return [
    ...events.flatMap(({ event }, index) => (event.position === index + 1 ? [] : [`event ${index + 1} is at position ${event.position}`])),
    ...(told.length === new Set(told).size ? [] : ['an entry is told of twice']),
    ...(told.toSorted().join() === logged.toSorted().join() ? [] : ['the feed does not tell of the entries that there are']),
  ]
}

/** What the guest's marks say is what the messages say. */
function brokenSettlement({ conversations, messages }: Picture): readonly string[] {
  const guests = new Map(conversations.map(({ conversation: { id, guest } }) => [id, guest]))
  return messages.flatMap(({ id, status, conversationId, seq }) => {
    const guest = conversationId === undefined ? undefined : guests.get(conversationId)
    if (!guest || seq === undefined || status === 'cancelled' || status === 'expired') return []
    const told = seq <= guest.seenSeq ? 'seen' : seq <= guest.deliveredSeq ? 'delivered' : 'sent'
    return told === status ? [] : [`message ${id} is ${status}, but by the marks of the guest it is ${told}`]
  })
}

/** Nothing is sent before its time, nor expires before its time. */
function brokenTimes({ messages }: Picture): readonly string[] {
  return messages.flatMap(({ id, policy: { sendAt = 0, expiresAt = 0 }, timeline }) => [
    ...(timeline.some(({ what, at }) => what === 'sent' && at < sendAt) ? [`message ${id} was sent too early`] : []),
    ...(timeline.some(({ what, at }) => what === 'sent' && expiresAt > 0 && at >= expiresAt) ? [`message ${id} was sent too late`] : []),
    ...(timeline.some(({ what, at }) => what === 'expire' && at < expiresAt) ? [`message ${id} expired too early`] : []),
  ])
}

/** Nothing is delivered twice, and what was taken back is marked so. */
function brokenMessages({ conversations, messages, events }: Picture): readonly string[] {
  const entries = conversations.flatMap(({ log }) => log).filter((entry) => entry.kind === 'message')
  const keys = entries.flatMap(({ contactId, clientId }) => (clientId === undefined ? [] : [`${contactId} ${clientId}`]))
  return [
    ...(keys.length === new Set(keys).size ? [] : ['a message of a guest was written twice']),
    ...messages.flatMap((message) => {
      const found = entries.filter((entry) => entry.id === message.messageId)
      const isSent = message.seq !== undefined
      const isTakenBack = message.status === 'cancelled' || message.status === 'expired'
      const sendings = events.filter(({ event }) => event.type === 'proactive.sent' && event.data?.['proactiveId'] === message.id)
      return [
        ...(found.length === (isSent ? 1 : 0) ? [] : [`message ${message.id} is ${found.length} times in the log`]),
        ...(isSent && isTakenBack && message.deliveries.some(({ connections = 0 }) => connections > 0) ? [`message ${message.id} was taken back from an open socket`] : []),
        ...(sendings.length <= 1 ? [] : [`message ${message.id} was sent ${sendings.length} times`]),
        ...(found.every((entry) => (entry.withdrawn ?? false) === isTakenBack) ? [] : [`message ${message.id} is ${message.status}, and its entry is not`]),
      ]
    }),
  ]
}

/** Of an erased person no word is left, and nothing is under way. */
function brokenErasure({ contacts, conversations, messages, sessions }: Picture): readonly string[] {
  const erased = new Set(contacts.filter(({ erasedAt }) => erasedAt !== undefined).map(({ id }) => id))
  const logs = conversations.filter(({ conversation }) => erased.has(conversation.contactId))
  const theirs = messages.filter(({ contactId }) => erased.has(contactId))
  return [
    ...(JSON.stringify([logs, theirs]).includes('a word of') ? ['an erased person still has words'] : []),
    ...(theirs.some(({ status }) => status === 'scheduled') ? ['an erased person is still to be written to'] : []),
    ...(sessions.some(({ contactId, ended }) => erased.has(contactId) && !ended) ? ['an erased person still has a session'] : []),
  ]
}

function brokenSession(was: string | undefined, is: string | undefined, id: string): readonly string[] {
  if (was === is) return []
  const from = was === undefined ? ['active'] : [was === 'expired' ? 'expired' : 'ended']
  // What expired unnoticed may be revoked or erased as well as recorded.
  const isRow = sessionTransitions.some((row) => from.some((state) => state === row.from) && row.on === is)
  return isRow ? [] : [`session ${id} went from ${was ?? 'active'} to ${is ?? 'active'}`]
}

const proactiveSteps = new Map<string, readonly string[]>(
  proactiveTransitions.map(({ from }) => [from, proactiveTransitions.filter((row) => row.from === from).map(({ to }) => to)]),
)

function isReachable(steps: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const reached = new Set([from])
  for (const state of reached) for (const next of steps.get(state) ?? []) reached.add(next)
  return reached.has(to)
}

function isBehind(is: Cursor, was: Cursor): boolean {
  return is.deliveredSeq < was.deliveredSeq || is.seenSeq < was.seenSeq
}

/** The same thing before and after. */
function moves<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): readonly (readonly [T, T])[] {
  const was = new Map(before.map((one) => [one.id, one]))
  return after.flatMap((is) => {
    const earlier = was.get(is.id)
    return earlier ? [[earlier, is] as const] : []
  })
}
