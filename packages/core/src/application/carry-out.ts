import type { Actor, Saying } from '../domain/entry/entry.ts'
import type { DomainEvent, EventType } from '../domain/event/event.ts'
import type { Instant } from '../domain/instant.ts'
import { must } from '../domain/invariant.ts'
import { isRecallable, stepProactive } from '../domain/proactive/transitions.ts'
import type { ProactiveMessage } from '../domain/proactive/proactive.ts'
import type { Plan } from '../domain/sending/plan.ts'
import type { SendPolicy } from '../domain/sending/policy.ts'
import type { IdSource } from '../ports/id-source.ts'
import type { Change, Found, Timer } from '../ports/store.ts'
import { continueThread, startThread, type DraftSettings, type ThreadDraft } from './thread-draft.ts'

export interface Request {
  readonly saying: Saying
  readonly from: Actor
  readonly proactive: boolean
  readonly policy: SendPolicy
}

interface Situation {
  readonly plan: Plan
  readonly found: Found
  readonly now: Instant
}

interface CarriedOut {
  readonly message: ProactiveMessage
  readonly changes: readonly Change[]
}

/** Turns a plan into the changes that make it true: at once, or as an appointment when it is deferred. */
export function carryOut(ids: IdSource, request: Request, situation: Situation): CarriedOut {
  const accepted = accept(ids, request, situation)
  const replaced = supersede(request.policy.supersedeKey, situation)
  const carried = situation.plan.defer ? schedule(accepted, situation.plan.defer.until, situation.now) : sendNow(ids, accepted, situation)
  return { message: carried.message, changes: [...replaced, ...carried.changes] }
}

/** Sends an accepted message under a fresh plan: right away, or when its appointment has come. */
export function sendNow(ids: IdSource, accepted: ProactiveMessage, situation: Situation): CarriedOut {
  const { found, now } = situation
  const settings = { ids, now, idleCloseAfter: found.deployment?.idleCloseAfter }
  const draft = openThread(settings, accepted, situation)
  const entry = draft.say({ ...accepted.saying, id: accepted.messageId, by: accepted.from, ...(accepted.proactive ? { proactiveId: accepted.id } : {}) })
  const message: ProactiveMessage = {
    ...accepted,
    conversationId: entry.conversationId,
    seq: entry.seq,
    status: 'sent',
    found: situation.plan.found,
    did: situation.plan.does,
    deliveries: situation.plan.deliveries,
    timeline: [...accepted.timeline, { at: now, what: 'sent', detail: situation.plan.does }],
    version: accepted.version + 1,
  }
  const scheduledBefore = accepted.status === 'scheduled'
  return {
    message,
    changes: [
      ...draft.changes(),
      { kind: 'put-proactive', proactive: message },
      ...messageExpiry(message),
      ...(scheduledBefore ? [eventAbout('proactive.sent', message, now)] : []),
    ],
  }
}

function schedule(accepted: ProactiveMessage, until: Instant, now: Instant): CarriedOut {
  const message: ProactiveMessage = {
    ...accepted,
    status: 'scheduled',
    timeline: [...accepted.timeline, { at: now, what: 'scheduled' }],
  }
  return {
    message,
    changes: [
      { kind: 'put-proactive', proactive: message },
      { kind: 'put-timer', timer: sendTimer(message, until) },
      ...messageExpiry(message),
      eventAbout('proactive.scheduled', message, now),
    ],
  }
}

/** Takes back a message that reached nobody: its record, its appointments, and its text if it is in the log already. */
export function recall(message: ProactiveMessage, on: 'cancel' | 'reply' | 'supersede' | 'expire', now: Instant, detail?: string): readonly Change[] {
  const stepped = isRecallable(message) ? stepProactive(message, on, now, detail) : undefined
  if (!stepped) return []
  return [
    { kind: 'put-proactive', proactive: stepped },
    { kind: 'drop-timer', id: sendTimer(message, now).id },
    { kind: 'drop-timer', id: expiryTimerId(message) },
    ...(message.conversationId !== undefined && message.seq !== undefined
      ? [{ kind: 'withdraw-entry', conversationId: message.conversationId, seq: message.seq } as const]
      : []),
    eventAbout(on === 'expire' ? 'proactive.expired' : 'proactive.cancelled', stepped, now),
  ]
}

export function eventAbout(type: EventType, message: ProactiveMessage, at: Instant): Change {
  const event: DomainEvent = {
    type, at,
    contactId: message.contactId,
    ...(message.conversationId === undefined ? {} : { conversationId: message.conversationId }),
    data: { proactiveId: message.id, messageId: message.messageId, ...(message.statusReason === undefined ? {} : { reason: message.statusReason }) },
  }
  return { kind: 'append-event', event }
}

/** The appointment at which a scheduled message is sent; a message has at most one. */
export function sendTimer(message: ProactiveMessage, dueAt: Instant): Timer {
  return { id: `send:${message.id}`, dueAt, job: { kind: 'send', contactId: message.contactId, proactiveId: message.id } }
}

/** The appointment at which a message that nobody got by then is taken back. */
export function messageExpiry(message: ProactiveMessage): readonly Change[] {
  const dueAt = message.policy.expiresAt
  if (dueAt === undefined) return []
  const job = { kind: 'expire-message', contactId: message.contactId, proactiveId: message.id } as const
  return [{ kind: 'put-timer', timer: { id: expiryTimerId(message), dueAt, job } }]
}

function expiryTimerId(message: ProactiveMessage): string {
  return `expire-message:${message.id}`
}

function accept(ids: IdSource, request: Request, { plan, found, now }: Situation): ProactiveMessage {
  const thread = plan.does === 'append' || plan.does === 'reopen' ? found.latestConversation : undefined
  return {
    id: ids.next(),
    contactId: must(found.contact, 'a plan is for a contact').id,
    ...(thread ? { conversationId: thread.id } : {}),
    messageId: ids.next(),
    proactive: request.proactive,
    saying: request.saying,
    from: request.from,
    policy: request.policy,
    status: 'scheduled',
    found: plan.found,
    deliveries: plan.defer ? [] : plan.deliveries,
    timeline: [{ at: now, what: 'accepted' }],
    createdAt: now,
    version: 1,
  }
}

function openThread(settings: DraftSettings, message: ProactiveMessage, { plan, found }: Situation): ThreadDraft {
  if (plan.does === 'append' || plan.does === 'reopen') {
    const draft = continueThread(settings, must(found.latestConversation, 'there is a thread to continue'))
    if (plan.does === 'reopen') draft.reopen(message.from, message.proactive ? 'proactive message' : 'message')
    return draft
  }
  const previous = plan.does === 'startLinked' ? found.latestConversation : undefined
  const { contactId } = message
  const deploymentId = must(found.deployment, 'a contact belongs to a deployment').id
  return startThread(
    settings,
    { contactId, deploymentId, quiet: message.proactive, ...(previous ? { previous } : {}) },
    message.from,
  )
}

function supersede(key: string | undefined, { found, now }: Situation): readonly Change[] {
  if (key === undefined) return []
  return found.pendingMessages.flatMap((one) => recall(one, 'supersede', now))
}
