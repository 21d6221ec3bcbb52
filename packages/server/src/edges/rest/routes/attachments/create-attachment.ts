import type { Handler } from '../../../shared/operation/operation-call.ts'
import { timeOf } from '../../../shared/time-text.ts'
import { findConversation } from '../../read/living.ts'
import { renderAttachment } from '../../render/attachment.ts'
import type { AttachmentDeps } from './attachment-deps.ts'

export function createAttachment({ reader, clock, useCases, links }: AttachmentDeps): Handler<'create-attachment'> {
  return async ({ params: { conversationId }, body: { fileName, fileType, fileSize } }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const { contactId } = found.value.conversation
    const created = await useCases.createAttachment({ contactId, file: { fileName, mediaType: fileType, ...(fileSize === undefined ? {} : { size: fileSize }) } })
    if (!created.ok) return created
    const { attachment, uploadSecret } = created.value
    const upload = {
      method: 'PUT',
      url: links.upload(attachment.id, uploadSecret),
      headers: links.uploadHeaders(attachment.id),
      expiresAt: timeOf(attachment.expiresAt),
    } as const
    return { status: 201, body: { attachment: renderAttachment(attachment, { links, now: clock.now() }), upload } }
  }
}
