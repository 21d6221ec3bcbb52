import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation, unknown } from '../../read/living.ts'
import type { AttachmentDeps } from './attachment-deps.ts'

export function getAttachmentContent({ reader, useCases, links }: AttachmentDeps): Handler<'get-attachment-content'> {
  return async ({ params: { conversationId, attachmentId } }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const attachment = await useCases.getAttachment({ attachmentId: toId(attachmentId), contactId: found.value.conversation.contactId })
    if (!attachment.ok) return attachment.refusal.code === 'attachment_refused' && attachment.refusal.fault === 'unknown' ? unknown('attachment', attachmentId) : attachment
    const { id, status } = attachment.value
    if (status === 'presigned') return { ok: false, refusal: { code: 'attachment_refused', fault: 'not_uploaded', attachmentId } }
    return { status: 302, body: undefined, headers: { location: links.download(id).url } }
  }
}
