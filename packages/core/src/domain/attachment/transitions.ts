export type AttachmentStatus = 'presigned' | 'uploaded' | 'attached' | 'deleted' | 'expired'
export type AttachmentStep = 'presign' | 'upload' | 'fail' | 'attach' | 'delete' | 'expire' | 'erase'

export interface AttachmentTransition {
  readonly from: AttachmentStatus
  readonly on: AttachmentStep
  readonly to: AttachmentStatus
}

/** The life of an attachment. `fail`: the bytes that came are refused. What a message carries goes only with its person. */
export const attachmentTransitions: readonly AttachmentTransition[] = [
  { from: 'presigned', on: 'presign', to: 'presigned' },
  { from: 'presigned', on: 'upload', to: 'uploaded' },
  { from: 'presigned', on: 'fail', to: 'deleted' },
  { from: 'presigned', on: 'delete', to: 'deleted' },
  { from: 'presigned', on: 'expire', to: 'expired' },
  { from: 'presigned', on: 'erase', to: 'deleted' },
  { from: 'uploaded', on: 'attach', to: 'attached' },
  { from: 'uploaded', on: 'delete', to: 'deleted' },
  { from: 'uploaded', on: 'expire', to: 'expired' },
  { from: 'uploaded', on: 'erase', to: 'deleted' },
  { from: 'attached', on: 'erase', to: 'deleted' },
]

export function attachmentTransition(from: AttachmentStatus, on: AttachmentStep): AttachmentTransition | undefined {
  return attachmentTransitions.find((row) => row.from === from && row.on === on)
}
