import { expect, test } from 'vitest'
import { createBeckon } from './create-beckon.ts'

const upload = { method: 'PUT', url: 'https://public.example/attachments/a1?upload=bku_x', headers: { 'x-amz-tagging': 'a' }, expiresAt: '2026-03-04T10:31:12.345Z' }

test('a file is announced with its size, put to the address that was given, and may then be sent', async () => {
  const seen: { readonly line: string; readonly init: RequestInit }[] = []
  const beckon = createBeckon({
    url: 'http://beckon.test',
    token: 'secret',
    fetch: async (url, init) => {
      seen.push({ line: `${init.method} ${url}`, init })
      return init.method === 'PUT' ? new Response(null, { status: 204 }) : Response.json({ attachment: { id: 'a1', status: 'presigned' }, upload }, { status: 201 })
    },
  })
  const body = new Blob(['%PDF'])

  const attachment = await beckon.uploadAttachment('c1', { fileName: 'label.pdf', fileType: 'application/pdf', body })

  expect(attachment).toMatchObject({ id: 'a1', status: 'uploaded' })
  expect(seen.map(({ line }) => line)).toEqual(['POST http://beckon.test/api/v2/conversations/messaging/c1/attachments', 'PUT http://beckon.test/attachments/a1?upload=bku_x'])
  expect(seen[0]?.init.body).toBe(JSON.stringify({ fileName: 'label.pdf', fileType: 'application/pdf', fileSize: 4 }))
  expect(seen[1]?.init.body).toBe(body)
  const headers = new Headers(seen[1]?.init.headers)
  expect([headers.get('content-type'), headers.get('x-amz-tagging'), headers.get('authorization')]).toEqual(['application/pdf', 'a', null])
})

test('an upload is tried once: its address takes the bytes once', async () => {
  let puts = 0
  const beckon = createBeckon({
    url: 'http://beckon.test',
    token: 'x',
    retry: { retries: 3 },
    fetch: async (_url, init) => {
      if (init.method !== 'PUT') return Response.json({ attachment: { id: 'a1' }, upload }, { status: 201 })
      puts += 1
      throw new TypeError('the line went dead')
    },
  })

  await expect(beckon.uploadAttachment('c1', { fileName: 'a.pdf', fileType: 'application/pdf', body: new Blob(['x']) })).rejects.toThrow('http://beckon.test')

  expect(puts).toBe(1)
})

test('the bytes of a file come back as they are', async () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0, 255)
  const beckon = createBeckon({ url: 'http://beckon.test', token: 'x', fetch: async () => new Response(bytes) })

  expect(new Uint8Array(await (await beckon.getAttachmentContent('c1', 'a1')).arrayBuffer())).toEqual(bytes)
})
