import { hasExpired, type Attachment } from '../../domain/attachment/attachment.ts'
import type { AttachmentFault } from '../../domain/attachment/fault.ts'
import type { AttachmentId, ContactId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import { firstVisibleSeq, type Session } from '../../domain/session/session.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Reader } from '../../ports/reader.ts'
import { refuseFile } from '../attach-files.ts'

export interface GetAttachment {
  readonly attachmentId: AttachmentId
  readonly contactId: ContactId
  /** The guest's: they see what they uploaded, and what the log shows them. The business sees all of the contact's. */
  readonly session?: Session
}

/** An attachment of this contact. Refuses with `attachment_refused`. */
export function createGetAttachment({ store, clock }: { readonly store: Reader; readonly clock: Clock }) {
  return async ({ attachmentId, contactId, session }: GetAttachment): Promise<Result<Attachment>> => {
    const attachment = await store.attachment(attachmentId)
    const fault = stateFault(attachment, contactId, clock)
    if (!attachment || fault) return refuseFile(fault ?? 'unknown', attachmentId)
    if (session && !(await isShown(store, attachment, session))) return refuseFile('unknown', attachmentId)
    return ok(attachment)
  }
}

function stateFault(attachment: Attachment | undefined, contactId: ContactId, clock: Clock): AttachmentFault | undefined {
  if (!attachment || attachment.contactId !== contactId || attachment.status === 'deleted') return 'unknown'
  return hasExpired(attachment, clock.now()) ? 'expired' : undefined
}

async function isShown(store: Reader, { status, by, messageId }: Attachment, session: Session): Promise<boolean> {
  if (status !== 'attached' || messageId === undefined) return by === 'guest'
  const message = await store.message(messageId)
  if (!message || message.withdrawn || message.conversationId === session.leftConversationId) return false
  return message.seq >= firstVisibleSeq(session, message.conversationId)
}
