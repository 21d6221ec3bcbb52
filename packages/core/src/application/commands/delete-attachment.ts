import { stepAttachment } from '../../domain/attachment/attachment.ts'
import type { AttachmentId, ContactId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import { attachmentEnded, refuseFile } from '../attach-files.ts'
import { noChanges } from '../transact-once.ts'

export interface DeleteAttachment {
  readonly attachmentId: AttachmentId
  readonly contactId: ContactId
  readonly by: 'guest' | 'business'
}

/** Takes back a file that no message carries yet. Again, and after it expired, changes nothing. Refuses with `attachment_refused`. */
export function createDeleteAttachment({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
  return ({ attachmentId, contactId, by }: DeleteAttachment): Promise<Result<null>> =>
    store.transact<Result<null>>({
      need: { attachmentIds: [attachmentId] },
      decide: (found) => {
        const attachment = found.attachments?.[0]
        if (attachment?.contactId !== contactId || attachment.by !== by) return { result: refuseFile('unknown', attachmentId), changes: noChanges }
        if (attachment.status === 'attached') return { result: refuseFile('used', attachmentId), changes: noChanges }
        const now = clock.now()
        return { result: ok(null), changes: attachmentEnded(stepAttachment(attachment, 'delete', now), now) }
      },
    })
}
