import type { AttachmentId, ContactId, ConversationId, DeploymentId, EntryId, SessionId } from '../ids.ts'
import { minutes, plus, type Duration, type Instant } from '../instant.ts'
import type { AttachmentFault } from './fault.ts'
import { attachmentTransition, type AttachmentStatus, type AttachmentStep } from './transitions.ts'

/** What is asked to be uploaded, before a byte of it is here. */
export interface AnnouncedFile {
  /** With its extension, without a folder. */
  readonly fileName: string
  /** MIME type, in lower case and without parameters. */
  readonly mediaType: string
  /** Bytes; unknown until the upload says. */
  readonly size?: number
}

/** A file that one side uploads for one message to or from one contact. Its bytes are kept elsewhere, under `fileKey`. */
export interface Attachment extends AnnouncedFile {
  readonly id: AttachmentId
  readonly contactId: ContactId
  readonly deploymentId: DeploymentId
  readonly by: 'guest' | 'business'
  /** The browser session that asked for it, which is told how the upload ended. */
  readonly sessionId?: SessionId
  readonly status: AttachmentStatus
  /** As many bytes as were allowed when it was announced. */
  readonly mostBytes: number
  /** Where the bytes are, once all of them are. Made anew for each try, so that no two uploads meet in one file. */
  readonly fileKey?: string
  /** The secret of the upload address, hashed; gone once it was used. */
  readonly uploadHash?: string
  /** Without a message by then it expires. */
  readonly expiresAt: Instant
  /** Why the upload was refused. */
  readonly fault?: AttachmentFault
  /** The message that carries it. */
  readonly messageId?: EntryId
  readonly conversationId?: ConversationId
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

export interface NewAttachment extends AnnouncedFile {
  readonly id: AttachmentId
  readonly contactId: ContactId
  readonly deploymentId: DeploymentId
  readonly by: 'guest' | 'business'
  readonly sessionId?: SessionId
  readonly mostBytes: number
  readonly uploadHash: string
}

/** How long an upload address is good for, and an uploaded file waits for its message. */
export const unusedLifetime: Duration = minutes(60)

/** What one contact may have under way; beyond it somebody is filling the disk. */
export const mostUnused = 20

export function createAttachment(given: NewAttachment, now: Instant): Attachment {
  return { ...given, status: 'presigned', expiresAt: plus(now, unusedLifetime), createdAt: now, updatedAt: now, version: 1 }
}

/** The attachment after this step, or undefined when its life cycle has no such step. */
export function stepAttachment(attachment: Attachment, on: AttachmentStep, now: Instant, more: Partial<Attachment> = {}): Attachment | undefined {
  const row = attachmentTransition(attachment.status, on)
  if (!row) return undefined
  const { uploadHash: _, ...kept } = attachment
  return { ...kept, ...more, status: row.to, updatedAt: now, version: attachment.version + 1 }
}

/** Waits for its bytes or for its message. */
export function isUnused({ status }: Attachment): boolean {
  return status === 'presigned' || status === 'uploaded'
}

export function hasExpired(attachment: Attachment, now: Instant): boolean {
  return attachment.status === 'expired' || (isUnused(attachment) && attachment.expiresAt <= now)
}

/** What stays of an erased person's attachment: ids, times and state, and no word. */
export function wordlessAttachment(attachment: Attachment): Attachment {
  const { fileKey: _key, uploadHash: _hash, ...kept } = attachment
  return { ...kept, fileName: '', status: 'deleted' }
}
