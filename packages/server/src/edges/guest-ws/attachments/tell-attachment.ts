import type { Attachment } from '@beckon/core'
import { pushFrame } from '@beckon/protocol'
import type { AttachmentLinks } from '../../shared/attachment-links.ts'
import { timeOf } from '../../shared/time-text.ts'
import { send, type Connection } from '../connection.ts'
import { fileFaults } from './file-faults.ts'

/** How an upload ended, for the sockets of the session that asked for it (guest-protocol 2.7). */
export function tellAttachment(connection: Connection, attachment: Attachment, links: Pick<AttachmentLinks, 'download'>): void {
  const { id: attachmentId, sessionId, status, fault } = attachment
  if (sessionId === undefined || connection.session?.id !== sessionId) return
  const timestamp = timeOf(attachment.updatedAt)
  if (status === 'uploaded') {
    send(connection, JSON.stringify(pushFrame('UploadSuccessEvent', { attachmentId, downloadUrl: links.download(attachmentId).url, timestamp })))
  } else if (fault !== undefined) {
    const { code: errorCode, text: errorMessage } = fileFaults[fault]
    send(connection, JSON.stringify(pushFrame('UploadFailureEvent', { attachmentId, errorCode, errorMessage, timestamp })))
  }
}
