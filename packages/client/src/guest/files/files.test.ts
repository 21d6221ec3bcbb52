import { describe, expect, test } from 'vitest'
import type { GuestOptions } from '../create-guest.ts'
import { entriesOf, guestStage, type Stage } from '../testing/guest-stage.ts'
import type { UploadRequest } from './upload-file.ts'

const photo = { name: 'parcel.png', type: 'image/png', body: new Blob(['1234']) }

/** A guest who is live, and whose uploads end when the test says so. */
async function live(options: Partial<GuestOptions> = {}) {
  const uploads: (UploadRequest & { readonly end: (status: number) => void; readonly break: () => void })[] = []
  const uploadFile: NonNullable<GuestOptions['uploadFile']> = (request) =>
    new Promise((resolve, reject) => uploads.push({ ...request, end: resolve, break: () => reject(new Error('broken')) }))
  const stage = guestStage({ uploadFile, ...options })
  stage.guest.connect()
  await stage.time.pass(10)
  return { ...stage, uploads }
}

const address = async (stage: Stage, at = -1): Promise<void> => {
  await stage.time.pass(0)
  const { attachmentId } = stage.server.requestsOf('onAttachment').at(at) ?? {}
  stage.server.push('PresignedUrlResponse', { attachmentId, url: 'https://files.test/put', headers: { 'x-amz-tagging': 'a' } })
  await stage.time.pass(0)
}
const shown = ({ guest }: Stage) => guest.state().files.map(({ name, status, progress }) => ({ name, status, progress }))

describe('a file that a guest attaches', () => {
  test('is announced, uploaded with its type and the headers it was given, and then ready', async () => {
    const stage = await live()
    stage.guest.attach(photo)
    await stage.time.pass(0)
    expect(stage.server.requestsOf('onAttachment')).toMatchObject([{ fileName: 'parcel.png', fileType: 'image/png', fileSize: 4, errorsAsJson: true }])
    await address(stage)

    expect(stage.uploads).toMatchObject([{ url: 'https://files.test/put', headers: { 'x-amz-tagging': 'a', 'content-type': 'image/png' } }])
    stage.uploads[0]?.onProgress(0.5)
    expect(shown(stage)).toEqual([{ name: 'parcel.png', status: 'uploading', progress: 0.5 }])
    stage.uploads[0]?.end(204)
    await stage.time.pass(0)
    expect(shown(stage)).toEqual([{ name: 'parcel.png', status: 'ready', progress: 1 }])
  })

  test('goes along with a message, whose text may be empty, and leaves the tray', async () => {
    const stage = await live()
    const fileId = stage.guest.attach(photo)
    await address(stage)
    stage.uploads[0]?.end(204)
    await stage.time.pass(0)

    stage.guest.send('', { files: [fileId] })
    await stage.time.pass(0)

    const { attachmentId } = stage.server.requestsOf('onAttachment')[0] ?? {}
    expect(stage.server.requestsOf('onMessage')).toMatchObject([{ message: { text: '', content: [{ contentType: 'Attachment', attachment: { id: attachmentId } }] } }])
    expect(stage.guest.state().files).toEqual([])
  })

  test('that is not ready is not sent, and stays', async () => {
    const stage = await live()
    const fileId = stage.guest.attach(photo)

    stage.guest.send('Hello', { files: [fileId] })
    await stage.time.pass(0)

    expect(stage.server.requestsOf('onMessage')[0]?.['message']).toEqual({ type: 'Text', text: 'Hello' })
    expect(stage.guest.state().files).toHaveLength(1)
  })

  test.each([
    ['the announcement', 'GenerateUrlError', { errorCode: 4001, errorMessage: 'no such type' }],
    ['the bytes', 'UploadFailureEvent', { errorCode: 4003, errorMessage: 'a lie' }],
  ])('says why when %s is refused, whatever HTTP says afterwards', async (_, frameClass, body) => {
    const stage = await live()
    stage.guest.attach(photo)
    await address(stage)
    const { attachmentId } = stage.server.requestsOf('onAttachment')[0] ?? {}

    stage.server.push(frameClass, { attachmentId, ...body })
    stage.uploads[0]?.end(409)
    await stage.time.pass(0)

    expect(stage.guest.state().files).toMatchObject([{ status: 'failed', problem: { code: body.errorCode, detail: body.errorMessage } }])
  })

  test('whose upload broke is tried again under a new name', async () => {
    const stage = await live()
    const fileId = stage.guest.attach(photo)
    await address(stage)
    stage.uploads[0]?.break()
    await stage.time.pass(0)
    expect(shown(stage)).toMatchObject([{ status: 'failed' }])

    stage.guest.retryFile(fileId)
    await address(stage)
    stage.uploads[1]?.end(200)
    await stage.time.pass(0)

    const ids = stage.server.requestsOf('onAttachment').map((request) => request['attachmentId'])
    expect(new Set(ids).size).toBe(2)
    expect(shown(stage)).toMatchObject([{ status: 'ready' }])
  })

  test('is announced again when the connection was lost before its address came', async () => {
    const stage = await live()
    stage.guest.attach(photo)
    await stage.time.pass(0)
    stage.server.cut()
    await stage.time.pass(60_000)
    expect(stage.server.requestsOf('onAttachment').length).toBeGreaterThan(1)
    await address(stage)
    expect(stage.uploads).toHaveLength(1)
  })

  test('is taken back, and its upload stopped', async () => {
    const stage = await live()
    const fileId = stage.guest.attach(photo)
    await address(stage)

    stage.guest.removeFile(fileId)
    await stage.time.pass(0)

    expect(stage.uploads[0]?.signal.aborted).toBe(true)
    expect(stage.server.requestsOf('deleteAttachment')).toHaveLength(1)
    expect(stage.guest.state().files).toEqual([])
  })
})

test('a file in the log has a name, a size and an address, and never one that is no web address', async () => {
  const stage = await live()
  const attachment = { id: 'A1', filename: 'a.png', mediaType: 'Image', mime: 'image/png', fileSize: 7, url: 'https://files.test/A1' }
  stage.server.say('See', { content: [{ contentType: 'Attachment', attachment }, { contentType: 'Attachment', attachment: { ...attachment, id: 'A2', mediaType: 'File', url: 'javascript:alert(1)' } }] })
  await stage.time.pass(10)

  expect(entriesOf(stage.guest).at(-1)?.files).toEqual([
    { id: 'A1', name: 'a.png', type: 'image/png', size: 7, isImage: true, url: 'https://files.test/A1' },
    { id: 'A2', name: 'a.png', type: 'image/png', size: 7, isImage: false, url: undefined },
  ])
})

test('a fresh address is asked for by the file’s id, and there is none while nobody answers', async () => {
  const stage = await live()
  const asking = stage.guest.fileUrl('A1')
  await stage.time.pass(0)
  const [{ tracingId } = {}] = stage.server.requestsOf('getAttachment')
  stage.server.push('PresignedUrlResponse', { attachmentId: 'A1', headers: {}, fileSize: 7, url: 'https://files.test/fresh' }, String(tracingId))
  await stage.time.pass(0)
  expect(await asking).toBe('https://files.test/fresh')

  const lost = stage.guest.fileUrl('A1')
  stage.server.cut()
  await stage.time.pass(0)

  expect(await lost).toBeUndefined()
  expect(await stage.guest.fileUrl('A1')).toBeUndefined()
})
