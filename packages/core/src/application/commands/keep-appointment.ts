import { hasExpired, stepAttachment } from '../../domain/attachment/attachment.ts'
import { must } from '../../domain/invariant.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import { stepProactive } from '../../domain/proactive/transitions.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import type { AttachmentFiles } from '../../ports/attachment-files.ts'
import type { Clock } from '../../ports/clock.ts'
import type { IdSource } from '../../ports/id-source.ts'
import type { Presence } from '../../ports/presence.ts'
import type { Change, Found, Need, Store, Timer, TimerJob } from '../../ports/store.ts'
import { attachmentEnded } from '../attach-files.ts'
import { eventAbout, messageExpiry, recall, sendNow, sendTimer } from '../carry-out.ts'
import { planFor } from '../plan-for.ts'
import { expiryTimer, sessionEnded } from '../session-changes.ts'
import { continueThread, idleTimer } from '../thread-draft.ts'

export interface AppointmentDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly presence: Presence
  readonly files: AttachmentFiles
}

/**
 * Does what a due timer is for, and drops the timer in the same transaction: kept exactly once, however often it is
 * claimed. A timer whose cause has moved on is put again for its new time, or dropped.
 */
export function createKeepAppointment(deps: AppointmentDeps) {
  return async (timer: Timer): Promise<void> => {
    // Deleting twice does no harm, so the file goes first: a timer that is dropped has been kept.
    if (timer.job.kind === 'delete-file') await deps.files.delete(timer.job.fileKey)
    return deps.store.transact<void>({
      need: needOf(timer.job),
      decide: (found) => ({
        result: undefined,
        changes: hasMoved(timer.job, found) ? [] : [{ kind: 'drop-timer', id: timer.id }, ...keep(deps, timer.job, found, deps.clock.now())],
      }),
    })
  }
}

/** Whoever became another contact after this was claimed has their appointments there: it comes back for them. Sessions stay. */
function hasMoved({ kind }: TimerJob, { contact }: Found): boolean {
  return kind !== 'expire-session' && contact?.mergedInto !== undefined
}

function needOf(job: TimerJob): Need {
  const { contactId } = job
  switch (job.kind) {
    case 'send': return { contactId, proactiveId: job.proactiveId, latestConversation: true, latestSession: true }
    case 'expire-message': return { contactId, proactiveId: job.proactiveId }
    case 'expire-session': return { contactId, sessionId: job.sessionId }
    case 'close-idle': return { contactId, conversationId: job.conversationId }
    case 'expire-attachment': return { attachmentIds: [job.attachmentId] }
    case 'delete-file': return {}
  }
}

function keep(deps: AppointmentDeps, job: TimerJob, found: Found, now: Instant): readonly Change[] {
  switch (job.kind) {
    case 'send': return sendScheduled(deps, found, now)
    case 'expire-message': return expireMessage(found, now)
    case 'expire-session': return expireSession(found, now)
    case 'close-idle': return closeIdle(deps, found, now)
    case 'expire-attachment': return expireAttachment(found, now)
    case 'delete-file': return []
  }
}

function sendScheduled(deps: AppointmentDeps, found: Found, now: Instant): readonly Change[] {
  const message = found.proactive
  if (message?.status !== 'scheduled') return []
  const { sendAt, expiresAt } = message.policy
  if (sendAt !== undefined && sendAt > now) return [{ kind: 'put-timer', timer: sendTimer(message, sendAt) }]
  if (expiresAt !== undefined && expiresAt <= now) return recall(message, 'expire', now)
  const { sendAt: _, ...policy } = message.policy
  const planned = planFor(found, { policy, now, connections: deps.presence.connections(message.contactId), address: message.contactId })
  if (!planned.ok) return refused(message, planned.refusal.code, now)
  return sendNow(deps.ids, message, { plan: planned.value, found, now }).changes
}

function refused(message: ProactiveMessage, code: string, now: Instant): readonly Change[] {
  const stepped = must(stepProactive(message, 'refuse', now, code), 'a scheduled message may be refused')
  return [{ kind: 'put-proactive', proactive: stepped }, eventAbout('proactive.cancelled', stepped, now)]
}

function expireMessage({ proactive: message }: Found, now: Instant): readonly Change[] {
  if (!message) return []
  const { expiresAt } = message.policy
  return expiresAt !== undefined && expiresAt > now ? messageExpiry(message) : recall(message, 'expire', now)
}

function expireSession({ session }: Found, now: Instant): readonly Change[] {
  if (!session || session.ended) return []
  return session.expiresAt > now ? [{ kind: 'put-timer', timer: expiryTimer(session) }] : sessionEnded(session, 'expired', now)
}

function closeIdle(deps: AppointmentDeps, { contact, conversation, deployment }: Found, now: Instant): readonly Change[] {
  const idleCloseAfter = deployment?.idleCloseAfter
  if (conversation?.status !== 'open' || idleCloseAfter === undefined || contact?.erasedAt !== undefined) return []
  if (plus(conversation.lastEntryAt, idleCloseAfter) > now) return [{ kind: 'put-timer', timer: idleTimer(conversation, idleCloseAfter) }]
  const draft = continueThread({ ids: deps.ids, now, idleCloseAfter }, conversation)
  draft.close({ kind: 'timer' }, 'idle')
  return draft.changes()
}

/** One that was announced again has an appointment for later, which has taken this one's place. */
function expireAttachment({ attachments: [attachment] = [] }: Found, now: Instant): readonly Change[] {
  if (!attachment || !hasExpired(attachment, now)) return []
  return attachmentEnded(stepAttachment(attachment, 'expire', now), now)
}
