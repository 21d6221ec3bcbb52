import { hasExpired, isUnused, type Attachment as CoreAttachment, type Instant } from '@beckon/core'
import type { Attachment } from '@beckon/protocol'
import type { AttachmentLinks } from '../../shared/attachment-links.ts'
import { timeOf } from '../../shared/time-text.ts'

export function renderAttachment(attachment: CoreAttachment, { links, now }: { readonly links: Pick<AttachmentLinks, 'download'>; readonly now: Instant }): Attachment {
  const { id, contactId, by, status, fileName, mediaType, size, conversationId, messageId, expiresAt, createdAt, fileKey } = attachment
  const isGone = hasExpired(attachment, now)
  const download = fileKey === undefined || isGone ? undefined : links.download(id)
  return {
    id, contactId, by, fileName,
    // Nothing is written when its time comes; it is over all the same.
    status: isGone ? 'expired' : status,
    fileType: mediaType,
    ...(size === undefined ? {} : { fileSize: size }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(messageId === undefined ? {} : { messageId }),
    createdAt: timeOf(createdAt),
    ...(isUnused(attachment) ? { expiresAt: timeOf(expiresAt) } : {}),
    ...(download ? { downloadUrl: download.url, downloadUrlExpiresAt: timeOf(download.expiresAt) } : {}),
  }
}

/** Where a file stands for good, for those who have a token: it leads to an address of the moment. */
export function contentPath(conversationId: string, attachmentId: string): string {
  return `/api/v2/conversations/messaging/${conversationId}/attachments/${encodeURIComponent(attachmentId)}/content`
}
