import { toId, type Refusal } from '@beckon/core'
import { answerFrame, pushFrame, type GuestRequestOf } from '@beckon/protocol'
import { fileFaults } from '../attachments/file-faults.ts'
import { send, type Connection } from '../connection.ts'
import { refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

/** Announces a file, and answers with where to put it (guest-protocol 2.7). */
export async function onAttachment({ useCases, links }: RequestDeps, connection: Connection, request: GuestRequestOf<'onAttachment'>): Promise<void> {
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const { attachmentId, fileName, fileType, fileSize, tracingId } = request
  const created = await useCases.createAttachment({
    contactId, sessionId: session.id,
    ...(attachmentId === undefined ? {} : { id: toId(attachmentId) }),
    file: { fileName, mediaType: fileType, ...(fileSize === undefined ? {} : { size: fileSize }) },
  })
  if (!created.ok) return refuseFile(connection, created.refusal, request)
  const { attachment, uploadSecret } = created.value
  const body = {
    attachmentId: attachment.id,
    headers: links.uploadHeaders(attachment.id),
    url: links.upload(attachment.id, uploadSecret),
    fileName: attachment.fileName,
    fileType: attachment.mediaType,
    ...(attachment.size === undefined ? {} : { fileSize: attachment.size }),
  }
  send(connection, JSON.stringify(answerFrame('PresignedUrlResponse', body, tracingId)))
}

/** A fresh download address; native clients know it from an upload's by its empty headers and its size. */
export async function getAttachment({ useCases, links }: RequestDeps, connection: Connection, request: GuestRequestOf<'getAttachment'>): Promise<void> {
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const found = await useCases.getAttachment({ attachmentId: toId(request.attachmentId), contactId, session })
  if (!found.ok) return tellRefusal(connection, found.refusal, request.tracingId)
  const { id, status, fileName, mediaType, size = 0 } = found.value
  if (status === 'presigned') return tellRefusal(connection, { code: 'attachment_refused', fault: 'not_uploaded', attachmentId: id }, request.tracingId)
  const body = { attachmentId: id, headers: {}, url: links.download(id).url, fileName, fileSize: size, fileType: mediaType }
  send(connection, JSON.stringify(answerFrame('PresignedUrlResponse', body, request.tracingId)))
}

/** Takes back a file that was not sent yet. */
export async function deleteAttachment({ useCases }: RequestDeps, connection: Connection, request: GuestRequestOf<'deleteAttachment'>): Promise<void> {
  const { contactId } = connection
  if (contactId === undefined) return
  const { attachmentId, tracingId } = request
  const deleted = await useCases.deleteAttachment({ attachmentId: toId(attachmentId), contactId, by: 'guest' })
  if (!deleted.ok) return tellRefusal(connection, deleted.refusal, tracingId)
  send(connection, JSON.stringify(pushFrame('AttachmentDeletedResponse', { attachmentId }, tracingId)))
}

/** Clients that want the file's name on the refusal ask for it; the others know refusals of one kind only (guest-protocol 6.4). */
function refuseFile(connection: Connection, refusal: Refusal, { errorsAsJson, tracingId }: GuestRequestOf<'onAttachment'>): void {
  if (refusal.code !== 'attachment_refused') return tellRefusal(connection, refusal, tracingId)
  const { code, text } = fileFaults[refusal.fault]
  if (!errorsAsJson) return refuseFrame(connection, code, text, tracingId)
  const body = { attachmentId: refusal.attachmentId, errorCode: code, errorMessage: text, name: 'GenerateUrlError', message: text }
  send(connection, JSON.stringify(answerFrame('GenerateUrlError', body, tracingId)))
}
