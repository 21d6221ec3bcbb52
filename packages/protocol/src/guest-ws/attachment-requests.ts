import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { Token, TracingId } from './envelope.ts'

/** It stands in addresses, where one or two dots are a folder. */
const AttachmentReference = Type.String({ pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._~-]{1,64}$' })

/**
 * Announces a file (guest protocol 2.7). Some clients name it themselves; `errorsAsJson` asks for a refusal with the file's
 * name on it. What is wrong with the file has codes of its own (4000 to 4005) and is therefore not in this schema.
 */
export const OnAttachment = Type.Object({
  action: Type.Literal('onAttachment'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  attachmentId: Type.Optional(AttachmentReference),
  fileName: Type.String({ maxLength: 4000 }),
  fileType: Type.String({ maxLength: 200 }),
  fileSize: Type.Optional(Type.Integer({ minimum: 0 })),
  fileMd5: Type.Optional(Type.String()),
  errorsAsJson: Type.Optional(Type.Boolean()),
})
export type OnAttachment = Wire<typeof OnAttachment>

/** Asks for a fresh download address. */
export const GetAttachment = Type.Object({
  action: Type.Literal('getAttachment'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  attachmentId: Type.String({ minLength: 1, maxLength: 64 }),
})
export type GetAttachment = Wire<typeof GetAttachment>

/** Takes back a file that was not sent yet. */
export const DeleteAttachment = Type.Object({
  action: Type.Literal('deleteAttachment'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  attachmentId: Type.String({ minLength: 1, maxLength: 64 }),
})
export type DeleteAttachment = Wire<typeof DeleteAttachment>
