import { hasExpired, stepAttachment, type Attachment } from '../domain/attachment/attachment.ts'
import { isAttachmentPart, partOf, referencedId } from '../domain/attachment/attachment-part.ts'
import type { AttachmentFault } from '../domain/attachment/fault.ts'
import type { Saying } from '../domain/entry/entry.ts'
import type { ContactId, ConversationId, EntryId } from '../domain/ids.ts'
import { plus, seconds, type Instant } from '../domain/instant.ts'
import { must } from '../domain/invariant.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import type { Change, Found, Need, Timer } from '../ports/store.ts'

/** What a message with files must see of them. */
export function attachmentNeed({ content }: Saying): Need {
  const ids = (content ?? []).flatMap((part) => (isAttachmentPart(part) ? (referencedId(part) ?? []) : []))
  return ids.length === 0 ? {} : { attachmentIds: ids }
}

export interface WithFiles {
  /** With the parts written from what is stored: a sender is believed nothing but the id. */
  readonly saying: Saying
  readonly files: readonly Attachment[]
}

/** The files that a message names, if all of them are there for it: uploaded, for this contact, by this side, not used before. */
export function takeFiles(found: Found, saying: Saying, asked: { readonly contactId: ContactId; readonly by: Attachment['by']; readonly now: Instant }): Result<WithFiles> {
  if (!saying.content?.some(isAttachmentPart)) return ok({ saying, files: [] })
  const files: Attachment[] = []
  const content: unknown[] = []
  for (const part of saying.content) {
    if (!isAttachmentPart(part)) {
      content.push(part)
      continue
    }
    const id = referencedId(part)
    const attachment = found.attachments?.find((one) => one.id === id)
    const fault = files.some((file) => file.id === id) ? 'used' : useFault(attachment, asked)
    if (!attachment || fault) return refuseFile(fault ?? 'unknown', id ?? '')
    files.push(attachment)
    content.push(partOf(attachment))
  }
  return ok({ saying: { ...saying, content }, files })
}

/** The files are this message's from now on, for as long as there is a record of it. */
export function attachedTo(message: { readonly id: EntryId; readonly conversationId?: ConversationId }, files: readonly Attachment[], now: Instant): readonly Change[] {
  const { id: messageId, conversationId } = message
  return files.flatMap((file) => [
    {
      kind: 'put-attachment',
      attachment: must(stepAttachment(file, 'attach', now, { messageId, ...(conversationId === undefined ? {} : { conversationId }) }), 'only uploaded files are taken'),
    },
    { kind: 'drop-timer', id: attachmentExpiry(file).id },
  ])
}

export function refuseFile(fault: AttachmentFault, attachmentId: string): { readonly ok: false; readonly refusal: Refusal } {
  return refuse({ code: 'attachment_refused', fault, attachmentId })
}

/** The appointment at which a file that no message carries goes. */
export function attachmentExpiry({ id, contactId, expiresAt }: Attachment): Timer {
  return { id: `expire-attachment:${id}`, dueAt: expiresAt, job: { kind: 'expire-attachment', contactId, attachmentId: id } }
}

/** The appointment at which bytes go. Before an upload it is made for later, and dropped when the upload has its row. */
export function fileDeletion(contactId: ContactId, fileKey: string, dueAt: Instant): Timer {
  return { id: deletionId(fileKey), dueAt, job: { kind: 'delete-file', contactId, fileKey } }
}

export function deletionId(fileKey: string): string {
  return `delete-file:${fileKey}`
}

/** An attachment that ends without a message, or with its person: its row, its appointments, its bytes. */
export function attachmentEnded(attachment: Attachment | undefined, now: Instant): readonly Change[] {
  if (!attachment) return []
  const { fileKey, contactId } = attachment
  const { fileKey: _, ...kept } = attachment
  return [
    { kind: 'put-attachment', attachment: kept },
    { kind: 'drop-timer', id: attachmentExpiry(attachment).id },
    ...(fileKey === undefined ? [] : [{ kind: 'put-timer', timer: fileDeletion(contactId, fileKey, now) } as const]),
  ]
}

/** Longer than the server lets any upload take. */
export function uploadDeadline(now: Instant): Instant {
  return plus(now, seconds(3600))
}

function useFault(attachment: Attachment | undefined, { contactId, by, now }: { readonly contactId: ContactId; readonly by: Attachment['by']; readonly now: Instant }): AttachmentFault | undefined {
  if (!attachment || attachment.contactId !== contactId || attachment.by !== by || attachment.status === 'deleted') return 'unknown'
  if (hasExpired(attachment, now)) return 'expired'
  if (attachment.status === 'presigned') return 'not_uploaded'
  return attachment.status === 'attached' ? 'used' : undefined
}
