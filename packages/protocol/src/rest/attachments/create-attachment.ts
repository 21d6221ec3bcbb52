import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Attachment, AttachmentUpload, FileName } from '../../shapes/attachment.ts'
import { defineOperation } from '../operation.ts'
import { id, sample, time } from '../sample.ts'

/** Not idempotent: the answer holds the secret of the upload. One that is asked for twice expires unused. */
export const createAttachment = defineOperation({
  operationId: 'create-attachment',
  method: 'POST',
  path: '/api/v2/conversations/messaging/{conversationId}/attachments',
  summary: 'Announce a file and get an address to upload it to',
  description:
    'Put the bytes to `upload.url` in one request, then name the file in a send to this contact: `content: [{"contentType": "Attachment", "attachment": {"id": "…"}}]`. ' +
    'The deployment’s `fileUpload` says how large it may be and which extensions are never taken. A file that no message carries expires.',
  tags: ['Attachments'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: Type.Object(
    { fileName: FileName, fileType: Type.String({ minLength: 1, maxLength: 200 }), fileSize: Type.Optional(Type.Integer({ minimum: 0 })) },
    { additionalProperties: false },
  ),
  responses: { 201: Type.Object({ attachment: Attachment, upload: AttachmentUpload }, { title: 'CreatedAttachment' }) },
  idempotent: false,
  refusals: ['attachment_refused', 'erased'],
  examples: [
    {
      summary: 'A label to send along',
      params: { conversationId: id.conversation },
      body: { fileName: 'label.pdf', fileType: 'application/pdf', fileSize: 48_213 },
      status: 201,
      answer: {
        attachment: sample.attachment,
        upload: {
          method: 'PUT',
          url: `https://chat.example/attachments/${id.attachment}?upload=bku_4Jc0vXwY`,
          headers: { 'x-amz-tagging': `attachment=${id.attachment}` },
          expiresAt: time.closed,
        },
      },
    },
  ],
})
