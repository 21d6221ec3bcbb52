import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** The address that stands in logs and events: it asks for a token each time, and so never expires. */
export const getAttachmentContent = defineOperation({
  operationId: 'get-attachment-content',
  method: 'GET',
  path: '/api/v2/conversations/messaging/{conversationId}/attachments/{attachmentId}/content',
  summary: 'Download a file of a conversation',
  description: 'Answers with a redirect (`Location`) to an address that is good for some minutes.',
  tags: ['Attachments'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id, attachmentId: Id }),
  responses: { 302: null },
  idempotent: false,
  refusals: ['attachment_refused', 'erased'],
  examples: [{ summary: 'A file that a message carries', params: { conversationId: id.conversation, attachmentId: id.attachment }, status: 302 }],
})
