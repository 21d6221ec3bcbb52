import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation, unknown } from '../../read/living.ts'
import type { AttachmentDeps } from './attachment-deps.ts'

export function deleteAttachment({ reader, useCases }: Pick<AttachmentDeps, 'reader' | 'useCases'>): Handler<'delete-attachment'> {
  return async ({ params: { conversationId, attachmentId } }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const deleted = await useCases.deleteAttachment({ attachmentId: toId(attachmentId), contactId: found.value.conversation.contactId, by: 'business' })
    if (deleted.ok) return { status: 204, body: undefined }
    return deleted.refusal.code === 'attachment_refused' && deleted.refusal.fault === 'unknown' ? unknown('attachment', attachmentId) : deleted
  }
}
