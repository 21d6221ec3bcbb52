import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'

/** As long as the longest name the server takes, and a little more, so that a longer one is refused in its own words. */
export const FileName = Type.String({ minLength: 1, maxLength: 2000 })

/** A file for one message: announced, uploaded, then carried by the message or gone. */
export const Attachment = Type.Object(
  {
    id: Id,
    contactId: Id,
    by: Type.Enum(['guest', 'business']),
    status: Type.Enum(['presigned', 'uploaded', 'attached', 'deleted', 'expired']),
    fileName: Type.String(),
    fileType: Type.String({ description: 'MIME type. Uploaded bytes agree with it.' }),
    fileSize: Type.Optional(Type.Integer({ minimum: 0, description: 'In bytes.' })),
    conversationId: Type.Optional(Id),
    messageId: Type.Optional(Id),
    createdAt: Instant,
    expiresAt: Type.Optional(Instant),
    downloadUrl: Type.Optional(Type.String({ description: 'Opens without any credential until `downloadUrlExpiresAt`. Present once the file is here.' })),
    downloadUrlExpiresAt: Type.Optional(Instant),
  },
  { title: 'Attachment' },
)
export type Attachment = Wire<typeof Attachment>

/** Where to put the bytes: one request, with these headers and the file's own Content-Type. Good once, until `expiresAt`. */
export const AttachmentUpload = Type.Object(
  {
    method: Type.Literal('PUT'),
    url: Type.String(),
    headers: Type.Record(Type.String(), Type.String()),
    expiresAt: Instant,
  },
  { title: 'AttachmentUpload' },
)
export type AttachmentUpload = Wire<typeof AttachmentUpload>
