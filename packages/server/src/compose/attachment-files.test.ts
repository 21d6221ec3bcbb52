import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeClock } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { openS3Server } from '../adapters/s3-attachments/testing/s3-server.ts'
import { loadSettings } from '../config/load.ts'
import { createAttachmentFiles } from './attachment-files.ts'

const key = '0198a3c2-1a03-7b13-8c23-5d0e3f1a2b03'

test('files go to a folder beside the database, to the folder that is named, or to the bucket that is named', async () => {
  await using bucket = await openS3Server()
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-compose-'))
  const put = async (env: Readonly<Record<string, string>>): Promise<void> => {
    const { settings } = loadSettings({ BECKON_DATA_DIR: dataDir, ...env })
    await createAttachmentFiles(settings, createFakeClock()).put(key, bytes(), { size: 5, mediaType: 'text/plain' })
  }

  await put({})
  await put({ BECKON_ATTACHMENTS_URL: `file://${dataDir}/elsewhere` })
  await put({
    BECKON_ATTACHMENTS_URL: `s3://files/beckon?region=${bucket.region}&endpoint=${bucket.url}`,
    BECKON_ATTACHMENTS_KEY_ID: bucket.keyId,
    BECKON_ATTACHMENTS_SECRET: bucket.secret,
  })

  const kept = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map(({ parentPath }) => parentPath)
  expect(kept.toSorted()).toEqual([join(dataDir, 'attachments/03'), join(dataDir, 'elsewhere/03')])
  expect([...bucket.objects.keys()]).toEqual([`/files/beckon/${key}`])
  await rm(dataDir, { recursive: true })
})

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('hello')
}
