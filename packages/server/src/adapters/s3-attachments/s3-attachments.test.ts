import { FilesUnavailable } from '@beckon/core'
import { createFakeClock } from '@beckon/core/testing'
import { attachmentFilesContract } from '@beckon/core/testing/contracts/attachment-files'
import { expect, test } from 'vitest'
import { createS3Attachments } from './s3-attachments.ts'
import { openS3Server, type S3Server } from './testing/s3-server.ts'

const key = '0198a3c2-1a03-7b13-8c23-5d0e3f1a2b03'
const text = { size: 5, mediaType: 'text/plain' }

const filesAt = ({ url, region, keyId, secret }: S3Server, given: { readonly secret?: string } = {}) =>
  createS3Attachments({ url: `${url}/bucket/beckon`, region, keyId, secret, clock: createFakeClock(), ...given })

attachmentFilesContract(async () => {
  const server = await openS3Server()
  return { files: filesAt(server), leftovers: async () => [...server.objects.keys()], [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
})

test('an object lies under the bucket and the prefix, with its type', async () => {
  await using server = await openS3Server()

  await filesAt(server).put(key, bytes('hello'), text)

  expect([...server.objects]).toEqual([[`/bucket/beckon/${key}`, { body: Buffer.from('hello'), mediaType: 'text/plain' }]])
})

test('a store that refuses the key, fails or is away is an outage, and the secret is not in its words', async () => {
  await using server = await openS3Server()
  const wrong = filesAt(server, { secret: 'another-secret' })
  const refused = wrong.put(key, bytes('hello'), text)

  await expect(refused).rejects.toBeInstanceOf(FilesUnavailable)
  await expect(refused).rejects.toThrow('403')
  server.fail(503)
  for (const ask of ['open', 'stat', 'delete'] as const) await expect(filesAt(server)[ask](key)).rejects.toThrow('503')
  const away = createS3Attachments({ url: 'http://127.0.0.1:1/bucket', region: 'r', keyId: 'k', secret: 'very-secret', clock: createFakeClock() })
  const lost = await away.open(key).catch((error: unknown) => error)
  expect(lost).toBeInstanceOf(FilesUnavailable)
  expect(String(lost)).not.toContain('very-secret')
  expect(server.objects.size).toBe(0)
})

async function* bytes(value: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(value)
}
