import { describe, expect, test } from 'vitest'
import { isAttachmentPart } from '../../domain/attachment/attachment-part.ts'
import type { AttachmentFault } from '../../domain/attachment/fault.ts'
import type { AttachmentId } from '../../domain/ids.ts'
import { toId } from '../../domain/ids.ts'
import { days, minutes, plus } from '../../domain/instant.ts'
import type { Result } from '../../domain/result.ts'
import { FilesUnavailable } from '../../ports/attachment-files.ts'
import { scenario, valueOf, type Scenario } from '../../testing/scenario.ts'
import type { CreatedAttachment } from './create-attachment.ts'

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3)
const photo = { fileName: 'parcel.png', mediaType: 'image/png', size: png.byteLength }

describe('a guest’s file', () => {
  test('is announced, uploaded, and carried by a message that says what the file is', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)
    expect(attachment).toMatchObject({ status: 'uploaded', by: 'guest', size: png.byteLength })

    const { entry } = valueOf(await says(shop, attachment.id))

    expect(entry.content).toEqual([
      { contentType: 'Attachment', attachment: { id: attachment.id, filename: 'parcel.png', mediaType: 'Image', mime: 'image/png', fileSize: png.byteLength } },
    ])
    expect(await shop.store.attachment(attachment.id)).toMatchObject({ status: 'attached', messageId: entry.id, conversationId: entry.conversationId })
    expect((await shop.conversation()).lastText).toBe('parcel.png')
    await shop.timePasses(days(2))
    expect(shop.files.keys).toHaveLength(1)
  })

  test('is known by its id alone: what else the sender says of it is not believed', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)
    const forged = { contentType: 'Attachment', attachment: { id: attachment.id, url: 'https://elsewhere.example/x', filename: 'run.exe' } }

    const { entry } = valueOf(await shop.useCases.writeAsGuest({ contactId: shop.guest.contact.id, sessionId: shop.guest.session.id, saying: { text: 'See', content: [forged] } }))

    expect(JSON.stringify(entry)).not.toContain('elsewhere')
    expect(entry.content?.filter(isAttachmentPart).map((part) => part.attachment.filename)).toEqual(['parcel.png'])
  })

  test('that no message wants in time goes, with its bytes, and so does one that never came', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)
    const awaited = await announced(shop, { ...photo, fileName: 'late.png' })

    await shop.timePasses(minutes(61))

    expect(await shop.store.attachment(attachment.id)).toMatchObject({ status: 'expired' })
    expect(shop.files.keys).toEqual([])
    expect(faultOf(await says(shop, attachment.id))).toBe('expired')
    expect(faultOf(await upload(shop, awaited, png))).toBe('expired')
  })

  test('cannot be sent before it was uploaded, nor twice, nor together with itself', async () => {
    const shop = await scenario()
    const created = await announced(shop)
    expect(faultOf(await says(shop, created.attachment.id))).toBe('not_uploaded')
    valueOf(await upload(shop, created, png))
    const part = { contentType: 'Attachment', attachment: { id: created.attachment.id } }

    const twice = await shop.useCases.writeAsGuest({ contactId: shop.guest.contact.id, sessionId: shop.guest.session.id, saying: { text: '', content: [part, part] } })
    expect(faultOf(twice)).toBe('used')
    valueOf(await says(shop, created.attachment.id))
    expect(faultOf(await says(shop, created.attachment.id))).toBe('used')
    expect(await shop.log()).toHaveLength(2)
  })

  test('sent again under the same client id, after a lost answer, is one message', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)

    const first = valueOf(await says(shop, attachment.id, 'c1'))
    const again = valueOf(await says(shop, attachment.id, 'c1'))

    expect(again).toMatchObject({ duplicate: true, entry: { id: first.entry.id } })
  })

  test('is nobody else’s: not another guest’s, not the business’s', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)
    const part = { contentType: 'Attachment', attachment: { id: attachment.id } }
    expect(faultOf(await shop.businessSends('See', { saying: { text: 'See', content: [part] } }))).toBe('unknown')

    await shop.guestArrives({ token: 'b7d1f0a2-3c4e-4f5a-8b6c-7d8e9fa0b1c2' })

    expect(faultOf(await says(shop, attachment.id))).toBe('unknown')
    const { contact, session } = shop.guest
    expect(faultOf(await shop.useCases.getAttachment({ attachmentId: attachment.id, contactId: contact.id, session }))).toBe('unknown')
    expect(faultOf(await shop.useCases.deleteAttachment({ attachmentId: attachment.id, contactId: contact.id, by: 'guest' }))).toBe('unknown')
    expect(faultOf(await shop.useCases.createAttachment({ contactId: contact.id, sessionId: session.id, id: attachment.id, file: photo }))).toBe('used')
  })

  test('taken back before it is sent goes with its bytes; taking it back again does no harm', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)
    const takeBack = () => shop.useCases.deleteAttachment({ attachmentId: attachment.id, contactId: shop.guest.contact.id, by: 'guest' })

    expect(await takeBack()).toMatchObject({ ok: true })
    expect(await takeBack()).toMatchObject({ ok: true })
    await shop.timePasses(minutes(1))

    expect(shop.files.keys).toEqual([])
    expect(faultOf(await says(shop, attachment.id))).toBe('unknown')
  })

  test('that was sent is not taken back', async () => {
    const shop = await scenario()
    const { attachment } = await uploaded(shop)
    valueOf(await says(shop, attachment.id))

    expect(faultOf(await shop.useCases.deleteAttachment({ attachmentId: attachment.id, contactId: shop.guest.contact.id, by: 'guest' }))).toBe('used')
  })

  test('is one of at most twenty that wait, however fast they are announced', async () => {
    const shop = await scenario()
    const tries = await Promise.all(Array.from({ length: 25 }, () => announce(shop, photo)))

    expect(tries.map(faultOf).filter((fault) => fault !== undefined)).toEqual(Array.from({ length: 5 }, () => 'too_many'))
  })

  test('is not announced by somebody whose session has ended', async () => {
    const shop = await scenario()
    await shop.useCases.endSession({ sessionId: shop.guest.session.id, reason: 'ended_by_backend' })

    expect(await announce(shop, photo)).toMatchObject({ ok: false, refusal: { code: 'session_ended' } })
  })
})

describe('an upload', () => {
  test('needs the secret of its address', async () => {
    const shop = await scenario()
    const created = await announced(shop)

    expect(faultOf(await upload(shop, { ...created, uploadSecret: 'bku_guessed' }, png))).toBe('unknown')
    expect(faultOf(await upload(shop, { ...created, uploadSecret: '' }, png))).toBe('unknown')
    expect(valueOf(await upload(shop, created, png)).status).toBe('uploaded')
  })

  test('is possible once: of many at the same time one counts, and its bytes are the only ones kept', async () => {
    const shop = await scenario()
    const created = await announced(shop)

    const tries = await Promise.all([1, 2, 3].map(() => upload(shop, created, png)))

    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    expect(tries.map(faultOf).filter((fault) => fault !== undefined)).toEqual(['used', 'used'])
    expect(shop.files.keys).toHaveLength(1)
    expect(faultOf(await upload(shop, created, png))).toBe('used')
  })

  test('of another size than announced is refused and ends the attachment', async () => {
    for (const bytes of [png.subarray(0, 10), Uint8Array.of(...png, 4)]) {
      const shop = await scenario()
      const created = await announced(shop)

      expect(faultOf(await upload(shop, created, bytes))).toBe('size')
      expect(await shop.store.attachment(created.attachment.id)).toMatchObject({ status: 'deleted', fault: 'size' })
      expect(shop.files.keys).toEqual([])
    }
  })

  test('larger than allowed is refused before a byte is read, when its length is told', async () => {
    const shop = await scenario({ fileUpload: { modes: [{ fileTypes: ['image/png'], maxFileSizeKB: 1 }] } })
    const created = await announced(shop, { fileName: 'a.png', mediaType: 'image/png' })
    const reading = { asked: false }
    const bytes = (async function* () {
      reading.asked = true
      yield png
    })()

    expect(faultOf(await shop.useCases.uploadAttachment({ attachmentId: created.attachment.id, secret: created.uploadSecret, size: 1025, bytes }))).toBe('size')
    expect(reading.asked).toBe(false)
  })

  test.each<[string, Uint8Array, AttachmentFault]>([
    ['another kind of picture', Uint8Array.of(0xff, 0xd8, 0xff, 0, 0, 0, 0, 0, 0, 0, 0), 'content'],
    ['a program', Uint8Array.of(0x4d, 0x5a, 0, 0, 0, 0, 0, 0, 0, 0, 0), 'content'],
    ['text', new Uint8Array(11).fill(65), 'content'],
  ])('of %s under the name of a picture is refused, and told with its commit', async (_, bytes, fault) => {
    const shop = await scenario()
    const created = await announced(shop)

    expect(faultOf(await upload(shop, created, bytes))).toBe(fault)

    const told = shop.bus.heard.flatMap((hint) => (hint.kind === 'committed' ? hint.batch : [])).flatMap((committed) => committed.attachments ?? [])
    expect(told.at(-1)).toMatchObject({ id: created.attachment.id, status: 'deleted', fault })
    expect(shop.files.keys).toEqual([])
  })

  test('that breaks off leaves nothing, and may be tried again', async () => {
    const shop = await scenario()
    const created = await announced(shop)
    const broken = new Error('the line went dead')
    const bytes = (async function* () {
      yield png.subarray(0, 9)
      throw broken
    })()

    await expect(shop.useCases.uploadAttachment({ attachmentId: created.attachment.id, secret: created.uploadSecret, bytes })).rejects.toBe(broken)

    expect(shop.files.keys).toEqual([])
    expect(valueOf(await upload(shop, created, png)).status).toBe('uploaded')
  })

  test('whose place fails is an outage, and what it may have left is deleted when the place is back', async () => {
    const shop = await scenario()
    const created = await announced(shop)
    shop.files.goAway()

    await expect(upload(shop, created, png)).rejects.toBeInstanceOf(FilesUnavailable)

    shop.files.comeBack()
    const due = await shop.store.claimTimers(plus(shop.clock.now(), minutes(61)), minutes(1), 10)
    expect(due.map(({ job }) => job.kind)).toContain('delete-file')
    expect(valueOf(await upload(shop, created, png)).status).toBe('uploaded')
  })

  test('under a new address of the same name closes the old one', async () => {
    const shop = await scenario()
    const id = toId<'attachment'>('A1')
    const first = await announced(shop, photo, id)
    const second = await announced(shop, photo, id)

    expect(faultOf(await upload(shop, first, png))).toBe('unknown')
    expect(valueOf(await upload(shop, second, png)).status).toBe('uploaded')
  })
})

describe('a file of the business', () => {
  test('is carried by a send, also by one that waits for its time', async () => {
    const shop = await scenario()
    await shop.guestWrites('Hello')
    const contactId = shop.guest.contact.id
    const created = valueOf(await shop.useCases.createAttachment({ contactId, file: photo }))
    valueOf(await upload(shop, created, png))
    const content = [{ contentType: 'Attachment', attachment: { id: created.attachment.id } }]
    const sendAt = { sendAt: shop.clock.now() + minutes(120) } as { sendAt: typeof created.attachment.createdAt }

    const dry = await shop.businessSends('', { saying: { text: '', content }, dryRun: true })
    expect(valueOf(dry).message.saying.content).toMatchObject([{ attachment: { filename: 'parcel.png' } }])
    expect(await shop.store.attachment(created.attachment.id)).toMatchObject({ status: 'uploaded' })

    const sent = valueOf(await shop.businessSends('', { saying: { text: '', content }, policy: sendAt }))
    expect(await shop.store.attachment(created.attachment.id)).toMatchObject({ status: 'attached', messageId: sent.message.messageId })
    const seen = () => shop.useCases.getAttachment({ attachmentId: created.attachment.id, contactId, session: shop.guest.session })
    expect(faultOf(await seen())).toBe('unknown')
    await shop.timePasses(minutes(180))

    expect(shop.files.keys).toHaveLength(1)
    expect(await seen()).toMatchObject({ ok: true })
  })

  test('is not seen by a browser that came back to a log it may not see', async () => {
    const shop = await scenario({ afterExpiry: 'unreadOnly', sessionDuration: minutes(10) })
    await shop.guestWrites('Hello')
    const contactId = shop.guest.contact.id
    const created = valueOf(await shop.useCases.createAttachment({ contactId, file: photo }))
    valueOf(await upload(shop, created, png))
    valueOf(await shop.businessSends('', { saying: { text: '', content: [{ contentType: 'Attachment', attachment: { id: created.attachment.id } }] } }))
    const { lastSeq } = await shop.conversation()
    await shop.guestAcknowledges({ seenSeq: lastSeq })
    await shop.timePasses(minutes(30))
    await shop.guestArrives()

    const { contact, session } = shop.guest
    expect(faultOf(await shop.useCases.getAttachment({ attachmentId: created.attachment.id, contactId: contact.id, session }))).toBe('unknown')
  })
})

describe('erasing a person', () => {
  test('takes their files and the names of them, sent and unsent, theirs and those sent to them', async () => {
    const shop = await scenario()
    const sent = await uploaded(shop)
    valueOf(await says(shop, sent.attachment.id))
    const unsent = await uploaded(shop)
    const business = valueOf(await shop.useCases.createAttachment({ contactId: shop.guest.contact.id, file: photo }))
    valueOf(await upload(shop, business, png))
    expect(shop.files.keys).toHaveLength(3)

    valueOf(await shop.useCases.eraseContact({ contactId: shop.guest.contact.id }))
    await shop.timePasses(minutes(1))

    expect(shop.files.keys).toEqual([])
    for (const { attachment } of [sent, unsent, business]) {
      expect(await shop.store.attachment(attachment.id)).toMatchObject({ status: 'deleted', fileName: '' })
      expect(faultOf(await shop.useCases.openAttachment(attachment.id))).toBe('unknown')
    }
    expect(await announce(shop, photo)).toMatchObject({ ok: false, refusal: { code: 'erased' } })
  })

  test('also takes a file whose bytes are still coming in', async () => {
    const shop = await scenario()
    const created = await announced(shop)
    let letGoOn = (): void => undefined
    const erased = new Promise<void>((resolve) => (letGoOn = resolve))
    const bytes = (async function* () {
      yield png.subarray(0, 9)
      await erased
      yield png.subarray(9)
    })()
    const uploading = shop.useCases.uploadAttachment({ attachmentId: created.attachment.id, secret: created.uploadSecret, bytes })

    valueOf(await shop.useCases.eraseContact({ contactId: shop.guest.contact.id }))
    letGoOn()

    expect(faultOf(await uploading)).toBe('used')
    expect(shop.files.keys).toEqual([])
  })
})

function announce({ useCases, guest }: Scenario, file: { fileName: string; mediaType: string; size?: number }, id?: AttachmentId) {
  return useCases.createAttachment({ contactId: guest.contact.id, sessionId: guest.session.id, file, ...(id === undefined ? {} : { id }) })
}

async function announced(shop: Scenario, file: Parameters<typeof announce>[1] = photo, id?: AttachmentId): Promise<CreatedAttachment> {
  return valueOf(await announce(shop, file, id))
}

function upload({ useCases }: Scenario, { attachment, uploadSecret }: CreatedAttachment, bytes: Uint8Array) {
  return useCases.uploadAttachment({ attachmentId: attachment.id, secret: uploadSecret, bytes: inTwo(bytes) })
}

async function uploaded(shop: Scenario) {
  const created = await announced(shop)
  return { attachment: valueOf(await upload(shop, created, png)) }
}

function says({ useCases, guest }: Scenario, id: AttachmentId, clientId?: string) {
  const saying = { text: '', content: [{ contentType: 'Attachment', attachment: { id } }] }
  return useCases.writeAsGuest({ contactId: guest.contact.id, sessionId: guest.session.id, saying, ...(clientId === undefined ? {} : { clientId }) })
}

function faultOf(result: Result<unknown>): AttachmentFault | undefined {
  return !result.ok && result.refusal.code === 'attachment_refused' ? result.refusal.fault : undefined
}

async function* inTwo(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 4)
  yield bytes.subarray(4)
}
