import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Attachment } from '../../shapes/attachment.ts'
import { defineOperation } from '../operation.ts'
import { id, sample, time } from '../sample.ts'

export const getAttachment = defineOperation({
  operationId: 'get-attachment',
  method: 'GET',
  path: '/api/v2/conversations/messaging/{conversationId}/attachments/{attachmentId}',
  summary: 'See a file of a conversation, with a fresh address to download it from',
  tags: ['Attachments'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id, attachmentId: Id }),
  responses: { 200: Attachment },
  idempotent: false,
  refusals: ['erased'],
  examples: [
    {
      summary: 'A file that a message carries',
      params: { conversationId: id.conversation, attachmentId: id.attachment },
      status: 200,
      answer: {
        ...sample.attachment, status: 'attached', conversationId: id.conversation, messageId: id.message,
        downloadUrl: `https://chat.example/attachments/${id.attachment}?until=1772622072&signature=9f86d081`, downloadUrlExpiresAt: time.sent,
      },
    },
  ],
})
