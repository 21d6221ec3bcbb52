import { eraseContact } from '../../domain/contact/contact.ts'
import { stepAttachment } from '../../domain/attachment/attachment.ts'
import type { ContactId } from '../../domain/ids.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import { attachmentEnded } from '../attach-files.ts'
import { recall } from '../carry-out.ts'
import { followMerge } from '../resolve-address.ts'
import { sessionEnded, type SessionDeps } from '../session-changes.ts'
import { continueThread } from '../thread-draft.ts'
import { noChanges } from '../transact-once.ts'

/**
 * Removes the person: what they and others wrote in their threads, their details, their sessions. What was under way for
 * them is taken back first, and their thread leaves the agents' queue. The address stays and answers "erased". Again changes nothing. Refuses with `not_found`.
 */
export function createEraseContact(deps: Pick<SessionDeps, 'store' | 'clock' | 'ids'>) {
  return async ({ contactId: address }: { readonly contactId: ContactId }): Promise<Result<null>> => {
    const contactId = await followMerge(deps.store, address)
    return deps.store.transact<Result<null>>({
      need: { contactId, openSessions: true, latestConversation: true, pendingMessages: { kind: 'all' }, ownAttachments: 'all' },
      decide: (found) => {
        if (!found.contact) return { result: notFound('contact', contactId), changes: noChanges }
        if (found.contact.erasedAt !== undefined) return { result: ok(null), changes: noChanges }
        const now = deps.clock.now()
        const contact = eraseContact(found.contact, now)
        const thread = found.latestConversation?.status === 'open' ? continueThread({ ids: deps.ids, now, idleCloseAfter: found.deployment?.idleCloseAfter }, found.latestConversation) : undefined
        thread?.close({ kind: 'api' }, 'erased')
        return {
          result: ok(null),
          changes: [
            ...(thread?.changes() ?? []),
            ...found.pendingMessages.flatMap((message) => recall(message, 'cancel', now, 'erased')),
            ...found.openSessions.flatMap((session) => sessionEnded(session, 'erased', now)),
            ...(found.ownAttachments ?? []).flatMap((attachment) => attachmentEnded(stepAttachment(attachment, 'erase', now), now)),
            { kind: 'erase-contact', contactId },
            { kind: 'put-contact', contact },
            { kind: 'append-event', event: { type: 'contact.erased', at: now, contactId } },
          ],
        }
      },
    })
  }
}
