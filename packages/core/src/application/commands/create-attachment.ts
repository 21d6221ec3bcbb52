import { createAttachment, mostUnused, stepAttachment, unusedLifetime, type AnnouncedFile, type Attachment, type NewAttachment } from '../../domain/attachment/attachment.ts'
import { announcementFault, largestSize, normalMediaType } from '../../domain/attachment/file-upload.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Deployment } from '../../domain/deployment/deployment.ts'
import type { AttachmentId, ContactId, SessionId } from '../../domain/ids.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { Change, Decision, Found } from '../../ports/store.ts'
import { attachmentExpiry, refuseFile } from '../attach-files.ts'
import { guestSituation } from '../guest-situation.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

export interface CreateAttachment {
  readonly contactId: ContactId
  /** The guest's; without one the business is asking. */
  readonly sessionId?: SessionId
  /** Some guest clients name their files themselves. */
  readonly id?: AttachmentId
  readonly file: AnnouncedFile
}

/** A file that may now be uploaded, and the secret of its upload address, which is shown this once. */
export interface CreatedAttachment {
  readonly attachment: Attachment
  readonly uploadSecret: string
}

/**
 * Announces a file: a guest's in the limits of their deployment, the business's in those of size and extension. Asking
 * again under the same name gives a new address and closes the old one. Refuses with `attachment_refused`,
 * `session_ended`, `erased`, `not_found`.
 */
export function createCreateAttachment(deps: SessionDeps) {
  return (command: CreateAttachment): Promise<Result<CreatedAttachment>> => {
    const id = command.id ?? deps.ids.next<'attachment'>()
    return deps.store.transact({
      need: {
        contactId: command.contactId,
        ...(command.sessionId === undefined ? {} : { sessionId: command.sessionId }),
        attachmentIds: [id],
        ownAttachments: 'unused',
      },
      decide: (found) => decide(deps, { ...command, id }, found),
    })
  }
}

type Named = CreateAttachment & { readonly id: AttachmentId }

function decide({ clock, secrets }: SessionDeps, command: Named, found: Found): Decision<Result<CreatedAttachment>> {
  const now = clock.now()
  const owner = ownerOf(command, found, now)
  if (!owner.ok) return { result: owner, changes: noChanges }
  const file = { ...command.file, mediaType: normalMediaType(command.file.mediaType) }
  const by = command.sessionId === undefined ? 'business' : 'guest'
  const fault = announcementFault(owner.value.deployment.fileUpload, by, file)
  if (fault) return { result: refuseFile(fault, command.id), changes: noChanges }
  const uploadSecret = secrets.generate('bku')
  const given = {
    ...file, by,
    id: command.id,
    contactId: command.contactId,
    deploymentId: owner.value.deployment.id,
    ...(command.sessionId === undefined ? {} : { sessionId: command.sessionId }),
    mostBytes: largestSize(owner.value.deployment.fileUpload, by, file.mediaType) ?? 0,
    uploadHash: secrets.hash(uploadSecret),
  } as const
  const attachment = announce(found, given, now)
  if (!attachment.ok) return { result: attachment, changes: noChanges }
  return { result: ok({ attachment: attachment.value, uploadSecret }), changes: announced(attachment.value) }
}

function announce({ attachments: [known] = [], ownAttachments = [] }: Found, given: NewAttachment, now: Instant): Result<Attachment> {
  if (!known) return ownAttachments.length < mostUnused ? ok(createAttachment(given, now)) : refuseFile('too_many', given.id)
  const again = announcedAgain(known, given, now)
  return again ? ok(again) : refuseFile('used', given.id)
}

function announced(attachment: Attachment): readonly Change[] {
  return [
    { kind: 'put-attachment', attachment },
    { kind: 'put-timer', timer: attachmentExpiry(attachment) },
  ]
}

/** Undefined when the name stands for a file that is here, or for somebody else's. */
function announcedAgain(known: Attachment, given: NewAttachment, now: Instant): Attachment | undefined {
  if (known.contactId !== given.contactId || known.by !== given.by) return undefined
  return stepAttachment(known, 'presign', now, { ...given, expiresAt: plus(now, unusedLifetime) })
}

function ownerOf(command: CreateAttachment, found: Found, now: Instant): Result<{ readonly contact: Contact; readonly deployment: Deployment }> {
  if (command.sessionId !== undefined) return guestSituation(found, command.sessionId, now)
  const { contact, deployment } = found
  if (!contact || !deployment) return notFound('contact', command.contactId)
  return contact.erasedAt === undefined ? ok({ contact, deployment }) : refuse({ code: 'erased', noun: 'contact' })
}
