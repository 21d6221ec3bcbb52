import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilesUnavailable, type AttachmentFiles } from '@beckon/core'
import { attachmentFilesContract } from '@beckon/core/testing/contracts/attachment-files'
import { expect, test } from 'vitest'
import { createDiskAttachments } from './disk-attachments.ts'

interface Place extends AsyncDisposable {
  readonly dir: string
  readonly files: AttachmentFiles
  leftovers(): Promise<readonly string[]>
}

const key = '0198a3c2-1a03-7b13-8c23-5d0e3f1a2b03'

async function openPlace(): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), 'beckon-files-'))
  return {
    dir,
    files: createDiskAttachments({ dir }),
    leftovers: async () => (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map(({ name }) => name),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  }
}

attachmentFilesContract(openPlace)

test('what a server that died had begun to write is cleared away with its key, and was never a file', async () => {
  await using place = await openPlace()
  await place.files.put(key, bytes('whole'), { size: 5, mediaType: 'text/plain' })
  await place.files.delete(key)
  await writeFile(join(place.dir, '03', `${key}.part`), 'half')

  expect(await place.files.open(key)).toBeUndefined()
  await place.files.delete(key)

  expect(await place.leftovers()).toEqual([])
})

test('a folder that cannot be written is an outage, not a bug', async () => {
  await using place = await openPlace()
  await writeFile(join(place.dir, '03'), 'a file where a folder should be')

  await expect(place.files.put(key, bytes('lost'), { size: 4, mediaType: 'text/plain' })).rejects.toBeInstanceOf(FilesUnavailable)
  await chmod(join(place.dir, '03'), 0o600)
})

test('what would not leave the rest of the disk free is not taken, as the database lives there too', async () => {
  await using place = await openPlace()
  const full = createDiskAttachments({ dir: place.dir, keepsFreeBytes: Number.MAX_SAFE_INTEGER })

  await expect(full.put(key, bytes('lost'), { size: 4, mediaType: 'text/plain' })).rejects.toThrow(FilesUnavailable)

  expect(await place.leftovers()).toEqual([])
})

test.each(['../../etc/passwd', 'a/b/c/d', '..', ''])('a key that no server made, %j, leads nowhere', async (foreign) => {
  await using place = await openPlace()

  await expect(place.files.open(foreign)).rejects.toThrow('a file key')
})

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
