import type { FastifyInstance } from 'fastify'
import { FilesUnavailable, must, toId } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, publicUrl, type ApiWorld } from '../../testing/api-world.ts'
import { registerAttachments } from '../attachments/register.ts'

const label = Buffer.from('%PDF-1.7\n1 0 obj')
const announcement = { fileName: 'label.pdf', fileType: 'application/pdf', fileSize: label.length }

interface Desk {
  readonly world: ApiWorld & { readonly app: FastifyInstance }
  readonly path: string
  readonly conversationId: string
}

/** A conversation, and the addresses of files served beside the API. */
async function openDesk(): Promise<Desk & AsyncDisposable> {
  const world = await createApiWorld({ serveAlso: (app, made) => registerAttachments(app, { ...made, publicUrl }) })
  const { body } = await world.call('POST /api/v2/conversations/messaging/sessions', { body: {} })
  const sent = await world.call(`POST /api/v2/conversations/messaging/contacts/${body.contactId}/messages`, { body: { text: 'Hello' } })
  const { conversationId } = sent.body
  return { world, conversationId, path: `/api/v2/conversations/messaging/${conversationId}`, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

async function upload({ world, path }: Desk, bytes = label): Promise<string> {
  const { body } = await world.call(`POST ${path}/attachments`, { body: announcement })
  const answer = await world.call(`PUT ${body.upload.url.replace(publicUrl, '')}`, { payload: bytes, headers: { 'content-type': 'application/pdf', ...body.upload.headers }, token: null })
  expect(answer.status).toBe(bytes === label ? 204 : 409)
  return body.attachment.id
}

const send = ({ world, path }: Desk, id: string, more: object = {}) => world.call(`POST ${path}/messages`, { body: { content: [{ contentType: 'Attachment', attachment: { id } }], ...more } })

test('files whose place is away can be sent and fetched later, and that is said', async () => {
  await using desk = await openDesk()
  const { world, path } = desk
  const id = await upload(desk)
  const { headers: { location } } = await world.call(`GET ${path}/attachments/${id}/content`)
  const { body: { upload: { url } } } = await world.call(`POST ${path}/attachments`, { body: announcement })
  const away = (): Promise<never> => Promise.reject(new FilesUnavailable('the disk is full'))
  Object.assign(world.files, { put: away, open: away })

  const answers = [
    await world.app.inject({ method: 'PUT', url: url.replace(publicUrl, ''), payload: label, headers: { 'content-type': 'application/pdf' } }),
    await world.app.inject({ url: String(location).replace(publicUrl, '') }),
  ]

  for (const answer of answers) {
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.json()).toMatchObject({ code: 'unavailable', detail: expect.not.stringContaining('disk') })
  }
})

describe('a file that the business sends', () => {
  test('is announced, uploaded, sent, and stands in the log and in the feed under a path that needs a token', async () => {
    await using desk = await openDesk()
    const { world, path, conversationId } = desk
    const created = await world.call(`POST ${path}/attachments`, { body: announcement })
    expect(created).toMatchObject({ status: 201, body: { attachment: { status: 'presigned', by: 'business', fileName: 'label.pdf', expiresAt: expect.any(String) }, upload: { method: 'PUT', headers: expect.any(Object) } } })
    const id = await upload(desk)

    const sent = await send(desk, id, { text: 'Your label' })

    expect(sent.status).toBe(202)
    const part = { contentType: 'Attachment', attachment: { id, filename: 'label.pdf', mediaType: 'File', mime: 'application/pdf', fileSize: label.length, url: `${path}/attachments/${id}/content` } }
    const log = await world.call(`GET ${path}/messages`)
    expect(log.body.entities.at(-1)).toMatchObject({ text: 'Your label', content: [part] })
    const feed = await world.call('GET /api/v2/events?types=message.created')
    expect(feed.body.entities.at(-1).data.message.content).toEqual([part])
    expect((await world.call(`GET ${path}/attachments/${id}`)).body).toMatchObject({ status: 'attached', messageId: sent.body.messageId, conversationId, downloadUrl: expect.stringContaining('/attachments/') })
  })

  test('is downloaded by way of that path', async () => {
    await using desk = await openDesk()
    const id = await upload(desk)

    const { status, headers } = await desk.world.call(`GET ${desk.path}/attachments/${id}/content`)

    expect(status).toBe(302)
    const file = await desk.world.call(`GET ${String(headers.location).replace(publicUrl, '')}`, { token: null })
    expect(file).toMatchObject({ status: 200, text: label.toString(), headers: { 'content-type': 'application/pdf' } })
    expect((await desk.world.call(`GET ${desk.path}/attachments/${id}/content`, { token: null })).status).toBe(401)
  })

  test('is refused in words when it cannot be used', async () => {
    await using desk = await openDesk()
    const { world, path } = desk
    const { body } = await world.call(`POST ${path}/attachments`, { body: announcement })
    const state = async (id: string) => (await send(desk, id)).body.currentState

    expect(await state(body.attachment.id)).toBe('not_uploaded')
    expect((await world.call(`GET ${path}/attachments/${body.attachment.id}/content`)).body).toMatchObject({ status: 409, currentState: 'not_uploaded' })
    expect(await state('nowhere')).toBe('unknown')
    const used = await upload(desk)
    await send(desk, used)
    expect(await state(used)).toBe('used')
    const lying = await upload(desk, Buffer.from('MZ\0\0'.padEnd(label.length)))
    expect(await state(lying)).toBe('unknown')
  })

  test.each([
    ['with a traversing name', { ...announcement, fileName: '../label.pdf' }, 'name'],
    ['that is a program', { ...announcement, fileName: 'label.exe' }, 'type'],
    ['that is too large', { ...announcement, fileSize: 10_485_761 }, 'size'],
  ])('%s is refused when it is announced', async (_, body, currentState) => {
    await using desk = await openDesk()

    expect((await desk.world.call(`POST ${desk.path}/attachments`, { body })).body).toMatchObject({ status: 409, code: 'attachment_refused', currentState })
  })

  test('names no file but its id: any other address is refused', async () => {
    await using desk = await openDesk()
    const { world, path } = desk

    expect((await world.call(`POST ${path}/messages`, { body: { content: [{ contentType: 'Attachment', attachment: { id: 'a', url: 'https://elsewhere.example' } }] } })).status).toBe(400)
    expect((await world.call(`POST ${path}/messages`, { body: { content: [{ contentType: 'Attachment' }] } })).status).toBe(400)
  })

  test('is taken back until a message carries it', async () => {
    await using desk = await openDesk()
    const { world, path } = desk
    const [first, second] = [await upload(desk), await upload(desk)]
    await send(desk, second)

    expect((await world.call(`DELETE ${path}/attachments/${first}`)).status).toBe(204)
    expect((await world.call(`DELETE ${path}/attachments/${second}`)).body).toMatchObject({ status: 409, currentState: 'used' })
    expect((await world.call(`DELETE ${path}/attachments/nowhere`)).status).toBe(404)
    expect((await world.call(`GET ${path}/attachments/${first}`)).body).toMatchObject({ status: 'deleted' })
    expect((await world.call(`GET ${path}/attachments/${first}/content`)).status).toBe(404)
  })

  test('is of its own contact only: another conversation does not know it', async () => {
    await using desk = await openDesk()
    const { world } = desk
    const id = await upload(desk)
    const stranger = await world.call('POST /api/v2/conversations/messaging/sessions', { body: {} })
    const other = await world.call(`POST /api/v2/conversations/messaging/contacts/${stranger.body.contactId}/messages`, { body: { text: 'Hello' } })
    const path = `/api/v2/conversations/messaging/${other.body.conversationId}`

    expect((await world.call(`GET ${path}/attachments/${id}`)).status).toBe(404)
    expect((await world.call(`GET ${path}/attachments/${id}/content`)).status).toBe(404)
    expect((await world.call(`DELETE ${path}/attachments/${id}`)).status).toBe(404)
    expect((await send({ ...desk, path }, id)).body).toMatchObject({ currentState: 'unknown' })
  })

  test('goes with its person', async () => {
    await using desk = await openDesk()
    const { world, conversationId } = desk
    const id = await upload(desk)
    await send(desk, id)
    const { contactId } = must(await world.store.conversation(toId(conversationId)), 'there is one')

    await world.call(`DELETE /api/v2/contacts/${contactId}`)

    expect((await world.call(`GET ${desk.path}/attachments/${id}`)).status).toBe(410)
    expect(await world.store.attachment(toId(id))).toMatchObject({ status: 'deleted', fileName: '' })
  })
})

test('a deployment says which files guests may send, and what is left out stays as it was', async () => {
  await using desk = await openDesk()
  const { world } = desk
  const path = `/api/v2/deployments/${world.deploymentId}`
  const modes = [{ fileTypes: ['image/*'], maxFileSizeKB: 512 }]

  const { body } = await world.call(`PATCH ${path}`, { body: { fileUpload: { modes } }, headers: { 'if-match': '*' } })

  expect(body.fileUpload).toMatchObject({ enabled: true, modes })
  expect(body.fileUpload.blockedExtensions).toContain('.exe')
})
