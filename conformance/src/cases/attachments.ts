import { section } from '../run/case.ts'
import { aCount, anErrorCode, aText, expectEqual, expectShape, expectThat } from '../run/expect.ts'
import { NotApplicable } from '../run/verdict.ts'
import type { World } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { at, isJson, listAt, textAt, type Json } from '../wire/json.ts'

// The smallest picture there is: one transparent dot.
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const asked = { action: 'onAttachment', fileName: 'dot.png', fileType: 'image/png', fileSize: picture.length, errorsAsJson: true }
const attached = (id: string): Json => ({ contentType: 'Attachment', attachment: { id } })

/** A guest of a deployment that takes files; not applicable where the server announces that it takes none. */
async function withFiles({ open, enter }: World): Promise<Guest> {
  const session = await (await open()).configure()
  const inbound = at(session, 'body.allowedMedia.inbound')
  if (listAt(inbound, 'fileTypes').length === 0 || Number(at(inbound, 'maxFileSizeKB') ?? 0) <= 0) throw new NotApplicable('the session announces that no files are taken')
  return enter()
}

const isPresigned = (frame: Json): boolean => frame['class'] === 'PresignedUrlResponse'

/** Asks for an address; resolves with it. */
async function addressFor(guest: Guest, attachmentId: string): Promise<Json> {
  const answer = await guest.ask({ ...asked, attachmentId })
  expectShape('the answer to onAttachment', answer, { class: 'PresignedUrlResponse', body: { attachmentId, url: aText } })
  return answer
}

async function put(world: World, address: Json, bytes: Buffer): Promise<number> {
  const headers = at(address, 'body.headers')
  const given = isJson(headers) ? Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]) : []
  const url = new URL(textAt(address, 'body.url'), world.url)
  const response = await world.within('an answer to the upload', fetch(url, { method: 'PUT', headers: [...given, ['content-type', 'image/png']], body: new Uint8Array(bytes) }))
  await response.arrayBuffer()
  return response.status
}

/** A guest with a file that has arrived. */
async function uploaded(world: World): Promise<{ readonly guest: Guest; readonly attachmentId: string; readonly told: Json }> {
  const guest = await withFiles(world)
  const attachmentId = crypto.randomUUID()
  const status = await put(world, await addressFor(guest, attachmentId), picture)
  expectThat('2xx for the upload', status >= 200 && status < 300, status)
  return { guest, attachmentId, told: await guest.until('UploadSuccessEvent', (frame) => frame['class'] === 'UploadSuccessEvent') }
}

async function refusalOf(world: World, file: Json): Promise<Json> {
  const guest = await withFiles(world)
  return guest.ask({ ...asked, attachmentId: crypto.randomUUID(), ...file })
}

const refusedWith = (...codes: readonly number[]): Json => ({
  class: 'GenerateUrlError',
  body: { attachmentId: aText, errorCode: (code: unknown) => codes.includes(Number(code)), errorMessage: aText, name: aText, message: aText },
})

export const attachments = [
  ...section('2.7', {
    'onAttachment is answered with an address, at least one header, and the id the client made': async (world) => {
      const guest = await withFiles(world)
      const attachmentId = crypto.randomUUID()
      const answer = await addressFor(guest, attachmentId)
      expectShape('the answer', answer, { type: 'response', code: 200, body: { attachmentId, fileName: 'dot.png' } })
      const headers = at(answer, 'body.headers')
      expectThat('at least one header', isJson(headers) && Object.keys(headers).length > 0, headers)
    },
    'a client that brings no id is given one': async (world) => {
      const guest = await withFiles(world)
      expectShape('the answer', await guest.ask(asked), { class: 'PresignedUrlResponse', body: { attachmentId: aText } })
    },
    'fileMd5 is not needed, nor is fileSize': async (world) => {
      const guest = await withFiles(world)
      expectShape('the answer', await guest.ask({ action: 'onAttachment', fileName: 'dot.png', fileType: 'image/png' }), { class: 'PresignedUrlResponse' })
    },
    'an upload ends with UploadSuccessEvent': async (world) => {
      const { told, attachmentId } = await uploaded(world)
      expectShape('the event', told, { type: 'message', code: 200, body: { attachmentId, downloadUrl: aText, timestamp: aText } })
    },
    'a message with the file is acknowledged with its address, name and kind': async (world) => {
      const { guest, attachmentId } = await uploaded(world)
      const answer = await guest.say('See photo', { content: [attached(attachmentId)] })
      const attachment = { id: attachmentId, url: aText, filename: 'dot.png', mediaType: 'Image' }
      expectShape('the acknowledgement', answer, { class: 'StructuredMessage', body: { text: 'See photo', direction: 'Inbound', content: [{ contentType: 'Attachment', attachment }] } })
    },
    'a file without a text and without a type is a Text with one Attachment': async (world) => {
      const { guest, attachmentId } = await uploaded(world)
      const answer = await guest.ask({ action: 'onMessage', message: { content: [attached(attachmentId)] } })
      expectShape('the acknowledgement', answer, { class: 'StructuredMessage', body: { type: 'Text', content: [{ attachment: { id: attachmentId } }] } })
    },
    'a file that was sent is read at its address': async (world) => {
      const { guest, attachmentId } = await uploaded(world)
      const answer = await guest.say('See photo', { content: [attached(attachmentId)] })
      const response = await fetch(new URL(textAt(answer, 'body.content.0.attachment.url'), world.url))
      expectThat('the bytes that were sent', Buffer.from(await response.arrayBuffer()).equals(picture), response.status)
    },
    'getAttachment is answered with an address, no headers, and the size': async (world) => {
      const { guest, attachmentId } = await uploaded(world)
      await guest.say('See photo', { content: [attached(attachmentId)] })
      const answer = await guest.ask({ action: 'getAttachment', attachmentId })
      expectShape('the answer', answer, { class: 'PresignedUrlResponse', body: { attachmentId, url: aText, fileSize: aCount } })
      expectEqual('the headers', at(answer, 'body.headers'), {})
    },
    'deleteAttachment takes back a file that was not sent': async (world) => {
      const { guest, attachmentId } = await uploaded(world)
      expectShape('the answer', await guest.ask({ action: 'deleteAttachment', attachmentId }), { type: 'message', class: 'AttachmentDeletedResponse', code: 200, body: { attachmentId } })
      expectShape('a message with it', await guest.say('gone', { content: [attached(attachmentId)] }), { code: anErrorCode })
    },
    'a request for an address is not refused for what the other attachments do': async (world) => {
      const guest = await withFiles(world)
      const answers = await Promise.all([addressFor(guest, crypto.randomUUID()), addressFor(guest, crypto.randomUUID())])
      expectThat('two addresses', answers.every(isPresigned) && textAt(answers[0], 'body.url') !== textAt(answers[1], 'body.url'), answers)
    },
  }),
  ...section('3.7', {
    'a file of no bytes is refused': async (world) => expectShape('the answer', await refusalOf(world, { fileSize: 0 }), refusedWith(4102, 4002)),
    'a file that is too large is refused with 4002': async (world) => expectShape('the answer', await refusalOf(world, { fileSize: 4_000_000_000 }), refusedWith(4002)),
    'a blocked extension is refused with 4001': async (world) => expectShape('the answer', await refusalOf(world, { fileName: 'setup.exe', fileType: 'application/x-msdownload' }), refusedWith(4001)),
    'a name without an extension is refused with 4004': async (world) => expectShape('the answer', await refusalOf(world, { fileName: 'dot' }), refusedWith(4004)),
    'a name of more than 1024 characters is refused with 4005': async (world) => expectShape('the answer', await refusalOf(world, { fileName: `${'n'.repeat(1100)}.png` }), refusedWith(4005)),
    'a file used before it has arrived is refused with 4010': async (world) => {
      const guest = await withFiles(world)
      const attachmentId = crypto.randomUUID()
      await addressFor(guest, attachmentId)
      expectShape('the answer', await guest.say('too early', { content: [attached(attachmentId)] }), { code: 4010 })
    },
    'a file that nobody uploaded is refused with 4009': async (world) => {
      const guest = await withFiles(world)
      expectShape('the answer', await guest.say('no such file', { content: [attached(crypto.randomUUID())] }), { code: 4009 })
    },
    'another guest’s file is refused like one that is not there': async (world) => {
      const { attachmentId } = await uploaded(world)
      const thief = await world.enter()
      expectShape('the answer', await thief.say('mine now', { content: [attached(attachmentId)] }), { code: 4009 })
    },
  }),
  ...section('6.4', {
    'without errorsAsJson a refusal is of class string, with the error’s number as its code': async (world) => {
      expectShape('the answer', await refusalOf(world, { fileName: 'setup.exe', errorsAsJson: false }), { type: 'response', class: 'string', code: 4001, body: aText })
    },
  }),
  ...section('6.33', {
    'an upload of another size than was said ends with UploadFailureEvent': async (world) => {
      const guest = await withFiles(world)
      await put(world, await addressFor(guest, crypto.randomUUID()), Buffer.concat([picture, picture]))
      const told = await guest.until('UploadFailureEvent', (frame) => frame['class'] === 'UploadFailureEvent')
      expectShape('the event', told, { body: { attachmentId: aText, errorCode: (code: unknown) => code === 4002 || code === 4003, errorMessage: aText, timestamp: aText } })
    },
  }),
]
