import { hasExpired, stepAttachment, type Attachment } from '../../domain/attachment/attachment.ts'
import { contentFault } from '../../domain/attachment/content-fault.ts'
import type { AttachmentFault } from '../../domain/attachment/fault.ts'
import { sizeFault } from '../../domain/attachment/file-upload.ts'
import type { AttachmentId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { AttachmentFiles } from '../../ports/attachment-files.ts'
import type { MediaProbe } from '../../ports/media-probe.ts'
import type { Found } from '../../ports/store.ts'
import { attachmentEnded, deletionId, fileDeletion, refuseFile, uploadDeadline } from '../attach-files.ts'
import { exactly, headOf, WrongSize } from '../byte-flow.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

export interface UploadAttachment {
  readonly attachmentId: AttachmentId
  /** Of the upload address. */
  readonly secret: string
  /** How many bytes are coming, where the sender says so. */
  readonly size?: number
  readonly bytes: AsyncIterable<Uint8Array>
}

export interface UploadDeps extends SessionDeps {
  readonly files: AttachmentFiles
  readonly probe: MediaProbe
}

interface Started {
  readonly attachment: Attachment
  readonly size: number
  readonly fileKey: string
}

/**
 * Takes in the bytes of an announced file. Their number is settled first and then kept to, their kind is looked at before
 * the first of them is kept, and the file counts only once all of it is durable: of two uploads to one address one wins, and
 * of a broken one nothing stays, not even when this server dies over it, as an appointment to delete was made before.
 * Bytes that are refused end the attachment; an upload that broke off may be tried again. Refuses with `attachment_refused`;
 * rejects with what `bytes` throws.
 */
export function createUploadAttachment(deps: UploadDeps) {
  return async (command: UploadAttachment): Promise<Result<Attachment>> => {
    const started = await start(deps, command)
    if (!started.ok) return started
    const { attachment, size, fileKey } = started.value
    try {
      const { head, all, end } = await headOf(command.bytes)
      const fault = contentFault(attachment.mediaType, await deps.probe.look(head, attachment.mediaType))
      if (fault) {
        await end()
        return await fail(deps, started.value, fault)
      }
      await deps.files.put(fileKey, exactly(all, size), { size, mediaType: attachment.mediaType })
      return await finish(deps, started.value)
    } catch (error) {
      if (error instanceof WrongSize) return fail(deps, started.value, 'size')
      await dropTry(deps, started.value)
      throw error
    }
  }
}

/** Nothing is kept yet; the appointment stands for whatever will be. */
function start(deps: UploadDeps, { attachmentId, secret, size: coming }: UploadAttachment): Promise<Result<Started>> {
  return deps.store.transact<Result<Started>>({
    need: { attachmentIds: [attachmentId] },
    decide: (found) => {
      const now = deps.clock.now()
      const attachment = found.attachments?.[0]
      if (!attachment) return { result: refuseFile('unknown', attachmentId), changes: noChanges }
      const closed = closedFault(deps, attachment, secret)
      if (closed) return { result: refuseFile(closed, attachmentId), changes: noChanges }
      const size = attachment.size ?? coming
      const fault = size === undefined || (coming ?? size) !== size ? 'size' : sizeFault(size, attachment.mostBytes)
      if (fault || size === undefined) {
        const failed = stepAttachment(attachment, 'fail', now, { fault: fault ?? 'size' })
        return { result: refuseFile(fault ?? 'size', attachmentId), changes: attachmentEnded(failed, now) }
      }
      const fileKey = deps.ids.next<'file'>()
      return {
        result: ok({ attachment, size, fileKey }),
        changes: [{ kind: 'put-timer', timer: fileDeletion(attachment.contactId, fileKey, uploadDeadline(now)) }],
      }
    },
  })
}

function closedFault({ clock, secrets }: UploadDeps, attachment: Attachment, secret: string): AttachmentFault | undefined {
  const { status, uploadHash } = attachment
  if (status === 'deleted') return 'unknown'
  if (hasExpired(attachment, clock.now())) return 'expired'
  if (status !== 'presigned' || uploadHash === undefined) return 'used'
  return secrets.matches(secret, uploadHash) ? undefined : 'unknown'
}

/** The bytes are here: they are the attachment's, unless another upload was faster or the attachment has ended meanwhile. */
async function finish(deps: UploadDeps, { attachment, size, fileKey }: Started): Promise<Result<Attachment>> {
  const finished = await deps.store.transact<Result<Attachment>>({
    need: { attachmentIds: [attachment.id] },
    decide: (found) => {
      const current = stillAwaited(found, attachment)
      const uploaded = current && stepAttachment(current, 'upload', deps.clock.now(), { fileKey, size })
      if (!uploaded) return { result: refuseFile('used', attachment.id), changes: noChanges }
      return { result: ok(uploaded), changes: [{ kind: 'put-attachment', attachment: uploaded }, { kind: 'drop-timer', id: deletionId(fileKey) }] }
    },
  })
  if (!finished.ok) await deps.files.delete(fileKey)
  return finished
}

async function fail(deps: UploadDeps, { attachment, fileKey }: Started, fault: AttachmentFault): Promise<Result<Attachment>> {
  await deps.files.delete(fileKey)
  return deps.store.transact<Result<Attachment>>({
    need: { attachmentIds: [attachment.id] },
    decide: (found) => {
      const now = deps.clock.now()
      const current = stillAwaited(found, attachment)
      const failed = current && stepAttachment(current, 'fail', now, { fault })
      return { result: refuseFile(fault, attachment.id), changes: [...attachmentEnded(failed, now), { kind: 'drop-timer', id: deletionId(fileKey) }] }
    },
  })
}

/** What broke off is cleared away now; should that fail too, the appointment does it. */
async function dropTry(deps: UploadDeps, { fileKey }: Started): Promise<void> {
  try {
    await deps.files.delete(fileKey)
    await deps.store.transact<void>({ need: {}, decide: () => ({ result: undefined, changes: [{ kind: 'drop-timer', id: deletionId(fileKey) }] }) })
  } catch {
    // The first error is the one to tell.
  }
}

/** The attachment, if it waits for the bytes of this very address. */
function stillAwaited(found: Found, { uploadHash }: Attachment): Attachment | undefined {
  const current = found.attachments?.[0]
  return current?.status === 'presigned' && current.uploadHash === uploadHash ? current : undefined
}
