import { hasExpired, type Attachment } from '../../domain/attachment/attachment.ts'
import type { AttachmentId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { AttachmentFiles } from '../../ports/attachment-files.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Reader } from '../../ports/reader.ts'
import { refuseFile } from '../attach-files.ts'

export interface OpenedAttachment {
  readonly attachment: Attachment
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The bytes, for whoever was let in by an address that this server signed. Refuses with `attachment_refused`. */
export function createOpenAttachment({ store, clock, files }: { readonly store: Reader; readonly clock: Clock; readonly files: AttachmentFiles }) {
  return async (attachmentId: AttachmentId): Promise<Result<OpenedAttachment>> => {
    const attachment = await store.attachment(attachmentId)
    if (attachment?.fileKey === undefined) return refuseFile('unknown', attachmentId)
    if (hasExpired(attachment, clock.now())) return refuseFile('expired', attachmentId)
    const bytes = await files.open(attachment.fileKey)
    return bytes ? ok({ attachment, bytes }) : refuseFile('unknown', attachmentId)
  }
}
