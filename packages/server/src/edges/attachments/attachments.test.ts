import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { milliseconds, minutes, must, type DeploymentSettings } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { openGuestEdge, type Frame, type GuestEdge, type TestGuest } from '../guest-ws/testing/guest-edge.ts'
import { registerAttachments } from './register.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex')
const photo = { fileName: 'parcel.png', fileType: 'image/png', fileSize: png.length }

/** Guests over real sockets and their files over real HTTP. */
async function openEdge(settings: DeploymentSettings = {}, more: { readonly downloadStallsAfterMs?: number } = {}): Promise<GuestEdge> {
  return openGuestEdge(settings, (app, world) => registerAttachments(app, { ...world, ...more, publicUrl: 'https://chat.example' }))
}

async function arrive(edge: GuestEdge): Promise<TestGuest> {
  const guest = await edge.guest()
  await guest.configure({ beckon: { version: 1 } })
  return guest
}

function announce(guest: TestGuest, more: object = {}): Promise<Frame> {
  return ask(guest, { action: 'onAttachment', ...photo, ...more })
}

let asked = 0

async function ask(guest: TestGuest, frame: object): Promise<Frame> {
  const tracingId = `ask-${String((asked += 1))}`
  guest.send({ token: guest.token, tracingId, ...frame })
  return guest.next((answer) => answer.tracingId === tracingId)
}

/** The address as this test reaches it. */
function here({ url }: GuestEdge, address: unknown): string {
  return String(address).replace('https://chat.example', url)
}

async function put(edge: GuestEdge, address: unknown, body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(here(edge, address), { method: 'PUT', body: Uint8Array.from(body), headers: { 'content-type': 'image/png', ...headers } })
}

async function uploaded(edge: GuestEdge, guest: TestGuest, more: object = {}): Promise<string> {
  const { body } = await announce(guest, more)
  expect((await put(edge, body['url'], png)).status).toBe(204)
  await guest.next('UploadSuccessEvent')
  return String(body['attachmentId'])
}

describe('a guest who attaches a file', () => {
  test('is given an upload address, is told when the file is here, and everybody of theirs sees it in the message', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const presigned = await announce(guest)
    expect(presigned).toMatchObject({
      type: 'response', class: 'PresignedUrlResponse', code: 200,
      body: { fileName: 'parcel.png', fileSize: png.length, fileType: 'image/png', url: expect.stringMatching(/^https:\/\/chat\.example\/attachments\//) },
    })
    const { attachmentId, url, headers } = presigned.body
    expect(Object.keys(Object(headers))).not.toHaveLength(0)

    expect((await put(edge, url, png, Object(headers))).status).toBe(204)
    const success = await guest.next('UploadSuccessEvent')
    expect(success).toMatchObject({ type: 'message', code: 200, body: { attachmentId, downloadUrl: expect.any(String), timestamp: expect.stringMatching(/Z$/) } })
    const ack = await ask(guest, { action: 'onMessage', message: { type: 'Text', text: 'See photo', content: [{ contentType: 'Attachment', attachment: { id: attachmentId } }] } })

    expect(ack.body).toMatchObject({
      direction: 'Inbound', type: 'Text', text: 'See photo',
      content: [{ contentType: 'Attachment', attachment: { id: attachmentId, filename: 'parcel.png', mediaType: 'Image', mime: 'image/png', fileSize: png.length, url: expect.stringMatching(/^https:/) } }],
    })
    const [part] = ack.body['content'] as { attachment: { url: string } }[]
    expect(Buffer.from(await (await fetch(here(edge, part?.attachment.url))).arrayBuffer())).toEqual(png)
  })

  test('gets a fresh address for it in history, after the one in the message has run out', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const attachmentId = await uploaded(edge, guest)
    await ask(guest, { action: 'onMessage', message: { content: [{ contentType: 'Attachment', attachment: { id: attachmentId } }] } })
    await edge.pass(minutes(11))

    const other = await edge.guest({ token: guest.token })
    await other.configure({ beckon: { version: 1 } })
    const { body } = await other.next('History')

    const url = /https:[^"]+\/attachments\/[^"]+/.exec(JSON.stringify(body))?.[0]
    expect((await fetch(here(edge, url))).status).toBe(200)
    expect(edge.errors).toEqual([])
  })

  test('keeps the name that their client gave the file', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)

    expect((await announce(guest, { attachmentId: '7d3a5b10-3c5f-4d34-9d5b-0a5b7f1c9e21' })).body['attachmentId']).toBe('7d3a5b10-3c5f-4d34-9d5b-0a5b7f1c9e21')
  })

  test.each(['.', '..'])('may not name it %j, which an address would take for a folder', async (attachmentId) => {
    await using edge = await openEdge()
    const guest = await arrive(edge)

    expect(await announce(guest, { attachmentId })).toMatchObject({ class: 'string', code: 400 })
  })

  test('asks for a fresh download address: known by its empty headers and its size', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const attachmentId = await uploaded(edge, guest)

    const fresh = await ask(guest, { action: 'getAttachment', attachmentId })

    expect(fresh).toMatchObject({ class: 'PresignedUrlResponse', body: { attachmentId, headers: {}, fileSize: png.length, fileName: 'parcel.png' } })
    expect((await fetch(here(edge, fresh.body['url']))).status).toBe(200)
  })

  test('takes it back: the bytes go, and the address leads nowhere', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const attachmentId = await uploaded(edge, guest)
    const { body } = await ask(guest, { action: 'getAttachment', attachmentId })

    expect(await ask(guest, { action: 'deleteAttachment', attachmentId })).toMatchObject({ type: 'message', class: 'AttachmentDeletedResponse', body: { attachmentId } })
    await edge.keepAppointments()

    expect(edge.world.files.keys).toEqual([])
    expect((await fetch(here(edge, body['url']))).status).toBe(404)
    expect(await ask(guest, { action: 'getAttachment', attachmentId })).toMatchObject({ class: 'string', code: 4009 })
  })

  test('is told only what they asked for: another tab hears nothing of the upload, the message goes to both', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const stranger = await arrive(edge)
    const attachmentId = await uploaded(edge, guest)
    await stranger.settle()

    expect(stranger.frames.map((frame) => frame.class)).not.toContain('UploadSuccessEvent')
    expect(await ask(stranger, { action: 'getAttachment', attachmentId })).toMatchObject({ code: 4009 })
    expect(await ask(stranger, { action: 'deleteAttachment', attachmentId })).toMatchObject({ code: 4009 })
    expect(await ask(stranger, { action: 'onMessage', message: { content: [{ contentType: 'Attachment', attachment: { id: attachmentId } }] } })).toMatchObject({ code: 4009 })
  })
})

test('a guest hears nothing of files that the business uploads for them', async () => {
  await using edge = await openEdge()
  const guest = await arrive(edge)
  const session = await edge.world.store.sessionByToken(edge.deployment.id, edge.world.secrets.hash(guest.token))
  const created = await edge.world.useCases.createAttachment({ contactId: must(session, 'the guest has one').contactId, file: { fileName: 'a.png', mediaType: 'image/png' } })
  const { attachment, uploadSecret } = must(created.ok ? created.value : undefined, 'the business may')

  expect((await put(edge, `https://chat.example/attachments/${attachment.id}?upload=${uploadSecret}`, png)).status).toBe(204)
  await guest.settle()

  expect(guest.frames.map((frame) => frame.class)).not.toContain('UploadSuccessEvent')
  expect(await ask(guest, { action: 'deleteAttachment', attachmentId: attachment.id })).toMatchObject({ code: 4009 })
})

describe('a file that is not taken', () => {
  test.each([
    ['of a type that is not on the list', { fileName: 'a.zip', fileType: 'application/zip' }, 4001],
    ['with an extension that is never taken', { fileName: 'a.png.exe' }, 4001],
    ['that is too large', { fileSize: 10_485_761 }, 4002],
    ['that is empty', { fileSize: 0 }, 4102],
    ['with a folder in its name', { fileName: '../../etc/passwd.png' }, 4004],
    ['without an extension', { fileName: 'parcel' }, 4004],
    ['with too long a name', { fileName: `${'a'.repeat(1020)}.png` }, 4005],
  ])('%s is refused when it is announced, in both dialects', async (_, more, code) => {
    await using edge = await openEdge()
    const guest = await arrive(edge)

    expect(await announce(guest, more)).toMatchObject({ type: 'response', class: 'string', code, body: expect.any(String) })
    expect(await announce(guest, { ...more, attachmentId: 'A1', errorsAsJson: true })).toMatchObject({
      class: 'GenerateUrlError', code: 200,
      body: { attachmentId: 'A1', errorCode: code, errorMessage: expect.any(String), name: expect.any(String), message: expect.any(String) },
    })
  })

  test('because none are is refused as a feature that is off, and no client offers it', async () => {
    await using edge = await openEdge({ fileUpload: { enabled: false } })
    const guest = await edge.guest()

    const session = await guest.configure()

    expect(session.body).toMatchObject({ allowedMedia: { inbound: { fileTypes: [], maxFileSizeKB: 0 } } })
    expect(await announce(guest)).toMatchObject({ class: 'string', code: 4000 })
  })

  test.each([
    ['another picture', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 4003],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(18)]), 4003],
    ['a page', Buffer.from('<html><script>a</sc'.padEnd(20)), 4003],
    ['more bytes than announced', Buffer.concat([png, png]), 4002],
    ['fewer bytes than announced', png.subarray(0, 12), 4002],
  ])('because %s came is told to its sender, over HTTP and on the socket, and stays nowhere', async (_, bytes, errorCode) => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const { body: { attachmentId, url } } = await announce(guest)

    const response = await put(edge, url, bytes)

    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'attachment_refused' })
    expect(await guest.next('UploadFailureEvent')).toMatchObject({ type: 'message', code: 200, body: { attachmentId, errorCode, errorMessage: expect.any(String), timestamp: expect.any(String) } })
    expect(edge.world.files.keys).toEqual([])
    expect(await ask(guest, { action: 'onMessage', message: { content: [{ contentType: 'Attachment', attachment: { id: attachmentId } }] } })).toMatchObject({ code: 4009 })
  })
})

test('a large file of the wrong kind is refused in words that its sender gets to read', async () => {
  await using edge = await openEdge()
  const guest = await arrive(edge)
  const big = Buffer.alloc(8_000_000, 'MZ\0')
  const { body: { url } } = await announce(guest, { fileSize: big.length })

  const response = await put(edge, url, big)

  expect(await response.json()).toMatchObject({ currentState: 'content' })
})

describe('an upload', () => {
  test('is possible once, and not at an address that is guessed, cut short or old', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const { body: { url } } = await announce(guest)
    const old = await announce(guest)

    expect((await put(edge, String(url).slice(0, -1), png)).status).toBe(409)
    expect((await put(edge, String(url).replace(/\?.*/, ''), png)).status).toBe(409)
    expect((await put(edge, 'https://chat.example/attachments/nowhere?upload=bku_x', png)).status).toBe(409)
    expect((await put(edge, url, png)).status).toBe(204)
    expect((await put(edge, url, png)).status).toBe(409)
    edge.world.clock.advance(milliseconds(minutes(61)))
    expect(await (await put(edge, old.body['url'], png)).json()).toMatchObject({ currentState: 'expired' })
    expect(edge.world.files.keys).toHaveLength(1)
  })

  test('that is cut off half-way leaves nothing, and the next one at the same address counts', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const big = Buffer.concat([png, Buffer.alloc(200_000)])
    const { body: { url } } = await announce(guest, { fileSize: big.length })
    await new Promise<void>((resolve) => {
      const request = httpRequest(here(edge, url), { method: 'PUT', headers: { 'content-length': big.length } })
      request.on('error', () => resolve())
      request.write(big.subarray(0, 100_000), () => request.destroy())
      request.on('close', () => resolve())
    })

    await expect.poll(async () => (await put(edge, url, big)).status).toBe(204)

    expect(edge.world.files.keys).toHaveLength(1)
    expect(edge.errors).toEqual([])
  })

  test('that never stops is cut off at the size that was announced', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const { body: { url } } = await announce(guest)
    const endless = new ReadableStream({ pull: (flow) => flow.enqueue(new Uint8Array(65_536)), start: (flow) => flow.enqueue(Uint8Array.from(png)) })

    const status = await fetch(here(edge, url), { method: 'PUT', body: endless, duplex: 'half' }).then((response) => response.status, () => 'cut off')

    expect([409, 'cut off']).toContain(status)
    await guest.next('UploadFailureEvent')
    expect(edge.world.files.keys).toEqual([])
  })

  test('may come from any page, which its browser asks about first', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const { body: { url } } = await announce(guest)

    const preflight = await fetch(here(edge, url), { method: 'OPTIONS', headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT' } })

    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-amz-tagging')
    expect((await put(edge, url, png)).headers.get('access-control-allow-origin')).toBe('*')
  })

  test('of JSON is bytes like any other', async () => {
    await using edge = await openEdge({ fileUpload: { modes: [{ fileTypes: ['*/*'], maxFileSizeKB: 1 }] } })
    const guest = await arrive(edge)
    const text = Buffer.from('{ not even json')
    const { body: { url } } = await announce(guest, { fileName: 'a.json', fileType: 'application/json', fileSize: text.length })

    expect((await put(edge, url, text, { 'content-type': 'application/json' })).status).toBe(204)
  })
})

describe('a download', () => {
  test('is a file and never a page: named, sandboxed, not sniffed, kept by its reader alone', async () => {
    await using edge = await openEdge({ fileUpload: { modes: [{ fileTypes: ['*/*'], maxFileSizeKB: 1 }], blockedExtensions: [] } })
    const guest = await arrive(edge)
    const page = Buffer.from('<script>alert(1)</script>')
    const { body: { url, attachmentId } } = await announce(guest, { fileName: 'Grüße "1".html', fileType: 'text/html', fileSize: page.length })
    expect(url).toBeUndefined()
    const plain = await announce(guest, { fileName: "Grüße 'a'.html", fileType: 'text/html', fileSize: page.length })
    expect((await put(edge, plain.body['url'], page)).status).toBe(204)
    const { body } = await ask(guest, { action: 'getAttachment', attachmentId: plain.body['attachmentId'] })

    const response = await fetch(here(edge, body['url']))

    expect(attachmentId).toBeUndefined()
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="Gr__e 'a'.html"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%27a%27.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=600',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect(await response.text()).toBe(page.toString())
  })

  test('that nobody reads ends, so that one address cannot be asked for until no file can be opened any more', async () => {
    await using edge = await openEdge({ fileUpload: { modes: [{ fileTypes: ['text/plain'], maxFileSizeKB: 32_768 }] } }, { downloadStallsAfterMs: 100 })
    const guest = await arrive(edge)
    const large = Buffer.alloc(30_000_000, 'a')
    const { body } = await announce(guest, { fileName: 'a.txt', fileType: 'text/plain', fileSize: large.length })
    expect((await put(edge, body['url'], large)).status).toBe(204)
    await guest.next('UploadSuccessEvent')
    const fresh = await ask(guest, { action: 'getAttachment', attachmentId: body['attachmentId'] })

    const accepted = new Promise<Socket>((resolve) => edge.server.once('connection', resolve))

    // The answer is taken, its bytes are not.
    const request = httpRequest(here(edge, fresh.body['url']), { agent: false }).end()
    const answer = await new Promise<IncomingMessage>((resolve) => request.on('response', resolve))

    const connection = await accepted
    await expect.poll(() => connection.destroyed).toBe(true)
    answer.on('error', () => undefined).destroy()
  })

  test('needs an address that this server signed, for this file, and not longer ago than ten minutes', async () => {
    await using edge = await openEdge()
    const guest = await arrive(edge)
    const attachmentId = await uploaded(edge, guest)
    const other = await uploaded(edge, guest, { fileName: 'b.png' })
    const { body } = await ask(guest, { action: 'getAttachment', attachmentId })
    const address = here(edge, body['url'])
    const later = address.replace(/until=(\d+)/, (_, until) => `until=${String(Number(until) + 1)}`)

    for (const forged of [later, address.replace(attachmentId, other), address.replace(/signature=.*/, ''), address.replace(/\?.*/, ''), `${address}0`]) {
      expect((await fetch(forged)).status).toBe(404)
    }
    expect((await fetch(address)).status).toBe(200)
    await edge.pass(minutes(10))
    expect((await fetch(address)).status).toBe(404)
  })
})

test('what guests may send is told with the session, with the configuration, and in the deployment’s document', async () => {
  await using edge = await openEdge({ fileUpload: { modes: [{ fileTypes: ['image/png'], maxFileSizeKB: 5 }, { fileTypes: ['image/png', 'text/plain'], maxFileSizeKB: 7 }], blockedExtensions: ['.exe'] } })
  const guest = await edge.guest()
  const media = { allowedMedia: { inbound: { fileTypes: [{ type: 'image/png' }, { type: 'text/plain' }], maxFileSizeKB: 7 } }, blockedExtensions: ['.exe'] }

  expect((await guest.configure()).body).toMatchObject(media)
  expect((await ask(guest, { action: 'getConfiguration', deploymentId: edge.deployment.id })).body).toMatchObject(media)
  const config = await (await fetch(`${edge.url}/webdeployments/v1/deployments/${edge.deployment.id}/config.json`)).json()
  expect(config).toMatchObject({ messenger: { fileUpload: { enableAttachments: true, modes: [{ fileTypes: ['image/png'], maxFileSizeKB: 5 }, { fileTypes: ['image/png', 'text/plain'], maxFileSizeKB: 7 }] } } })
})
