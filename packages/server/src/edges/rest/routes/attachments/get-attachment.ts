import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation, unknown } from '../../read/living.ts'
import { renderAttachment } from '../../render/attachment.ts'
import type { AttachmentDeps } from './attachment-deps.ts'

/** Also one that has ended: a caller who wonders what became of a file is told. */
export function getAttachment({ reader, clock, links }: Omit<AttachmentDeps, 'useCases'>): Handler<'get-attachment'> {
  return async ({ params: { conversationId, attachmentId } }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const attachment = await reader.attachment(toId(attachmentId))
    if (attachment?.contactId !== found.value.conversation.contactId) return unknown('attachment', attachmentId)
    return { status: 200, body: renderAttachment(attachment, { links, now: clock.now() }) }
  }
}
