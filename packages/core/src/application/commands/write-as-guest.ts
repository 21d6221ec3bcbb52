import type { CustomAttributes } from '../../domain/conversation/custom-attributes.ts'
import type { MessageEntry, Saying } from '../../domain/entry/entry.ts'
import type { ContactId, SessionId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import { ok, type Result } from '../../domain/result.ts'
import { slide, type Session } from '../../domain/session/session.ts'
import type { Change, Decision, Found, Trace } from '../../ports/store.ts'
import { attachedTo, attachmentNeed, takeFiles } from '../attach-files.ts'
import { recall } from '../carry-out.ts'
import { guestActor, guestSituation, guestThread } from '../guest-situation.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

export interface WriteAsGuest {
  readonly contactId: ContactId
  readonly sessionId: SessionId
  readonly saying: Saying
  /** What the guest's page says about the visit. */
  readonly customAttributes?: CustomAttributes
  /** The browser's own name for the message, unique per contact. */
  readonly clientId?: string
  readonly trace?: Trace
}

export interface Written {
  readonly entry: MessageEntry
  /** This message was written before; nothing changed now. */
  readonly duplicate: boolean
}

/**
 * A guest's message, by the life cycle's row for the conversation it finds. Refuses with `session_ended`, `read_only`,
 * `erased`, `not_found`, `attachment_refused`.
 */
export function createWriteAsGuest(deps: SessionDeps) {
  return (command: WriteAsGuest): Promise<Result<Written>> =>
    deps.store.transact({
      need: {
        contactId: command.contactId,
        sessionId: command.sessionId,
        latestConversation: true,
        pendingMessages: { kind: 'scheduled' },
        ...(command.clientId === undefined ? {} : { clientId: command.clientId }),
        ...attachmentNeed(command.saying),
      },
      decide: (found) => decide(deps, command, found),
    })
}

function decide(deps: SessionDeps, command: WriteAsGuest, found: Found): Decision<Result<Written>> {
  const now = deps.clock.now()
  if (found.duplicate) return { result: ok({ entry: found.duplicate, duplicate: true }), changes: noChanges }
  const situation = guestSituation(found, command.sessionId, now)
  if (!situation.ok) return { result: situation, changes: noChanges }
  const { contact, deployment, session } = situation.value
  const taken = takeFiles(found, command.saying, { contactId: contact.id, by: 'guest', now })
  if (!taken.ok) return { result: taken, changes: noChanges }
  const draft = guestThread({ ids: deps.ids, now, idleCloseAfter: deployment.idleCloseAfter }, situation.value, found.latestConversation)
  if (!draft.ok) return { result: draft, changes: noChanges }
  if (command.customAttributes) draft.value.describe(command.customAttributes)
  const line = { ...marked(taken.value.saying, session), by: guestActor(contact), ...(command.clientId === undefined ? {} : { clientId: command.clientId }) }
  const entry = draft.value.say(line, command.trace)
  const slid = slide(session, deployment.sessionDuration, now)
  return {
    result: ok({ entry, duplicate: false }),
    changes: [
      ...draft.value.changes(),
      ...attachedTo(entry, taken.value.files, now),
      ...(slid === session ? [] : [{ kind: 'put-session', session: slid } as const]),
      ...answered(found, now),
    ],
  }
}

/** Whether somebody has proved who they are is for us to say, whatever their client says. */
function marked({ metadata, ...saying }: Saying, { signInId }: Session): Saying {
  const { authenticated: _, ...said } = metadata ?? {}
  if (signInId !== undefined) return { ...saying, metadata: { ...said, authenticated: 'true' } }
  return metadata ? { ...saying, metadata: said } : saying
}

/** An answer settles what was only to be said if none came. */
function answered(found: Found, now: Instant): readonly Change[] {
  return found.pendingMessages
    .filter((message) => message.policy.unless?.includes('replied'))
    .flatMap((message) => recall(message, 'reply', now))
}
