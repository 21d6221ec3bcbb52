import { Type } from 'typebox'
import type { Wire } from '../wire.ts'

/**
 * Where to put a file's bytes, or where to get them (guest protocol 3.6). Clients tell one from the other by the headers:
 * an upload has at least one, a download has none and says its size.
 */
export const PresignedUrlBody = Type.Object({
  attachmentId: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  url: Type.String(),
  fileName: Type.Optional(Type.String()),
  fileSize: Type.Optional(Type.Integer()),
  fileType: Type.Optional(Type.String()),
})
export type PresignedUrlBody = Wire<typeof PresignedUrlBody>

/** All of the file is here and may be sent. `timestamp` in RFC 3339. */
export const UploadSuccessBody = Type.Object({ attachmentId: Type.String(), downloadUrl: Type.String(), timestamp: Type.String() })
export type UploadSuccessBody = Wire<typeof UploadSuccessBody>

/** The bytes were refused. */
export const UploadFailureBody = Type.Object({
  attachmentId: Type.String(),
  errorCode: Type.Integer(),
  errorMessage: Type.String(),
  timestamp: Type.String(),
})
export type UploadFailureBody = Wire<typeof UploadFailureBody>

/** The file may not be uploaded. All keys are needed, by one client or another. */
export const GenerateUrlErrorBody = Type.Object({
  attachmentId: Type.String(),
  errorCode: Type.Integer(),
  errorMessage: Type.String(),
  name: Type.String(),
  message: Type.String(),
})
export type GenerateUrlErrorBody = Wire<typeof GenerateUrlErrorBody>

export const AttachmentDeletedBody = Type.Object({ attachmentId: Type.String() })
export type AttachmentDeletedBody = Wire<typeof AttachmentDeletedBody>
