import { randomUUID } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aBackend, type Backend } from './rig/backend.ts'
import { beckon } from './rig/command-line.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { comeBack, reach, readFeed, visit, type Visit } from './rig/returning-guest.ts'
import { startServerProcess } from './rig/server-process.ts'
import { lost, startSteadyLoad } from './rig/steady-load.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

const label = Buffer.from('%PDF-1.7\nlabel')

/** A file in the guest's conversation; answers where it is. */
async function attach(backend: Backend, { resume }: Visit): Promise<string> {
  const path = `/api/v2/conversations/messaging/${resume.conversationId}`
  const { attachment, upload } = await backend.ask<{ attachment: { id: string }; upload: { url: string; headers: Record<string, string> } }>('POST', `${path}/attachments`, {
    fileName: 'label.pdf', fileType: 'application/pdf', fileSize: label.length,
  })
  await fetch(upload.url, { method: 'PUT', body: label, headers: { ...upload.headers, 'content-type': 'application/pdf' } })
  await backend.ask('POST', `${path}/messages`, { content: [{ contentType: 'Attachment', attachment: { id: attachment.id } }] })
  return `${path}/attachments/${attachment.id}`
}

async function bytesOf(backend: Backend, url: string, path: string): Promise<string> {
  const { downloadUrl } = await backend.ask<{ downloadUrl: string }>('GET', path)
  const { pathname, search } = new URL(downloadUrl)
  return (await fetch(`${url}${pathname}${search}`)).text()
}

/** Two programs write; the backup is taken in the midst of it. */
async function backedUpUnderLoad(env: Readonly<Record<string, string>>, into: string) {
  await using server = await startServerProcess({ env })
  const backend = await aBackend(server.url, credentials)
  const guest = await visit(server.url, randomUUID(), ['Where is my parcel?'])
  const file = await attach(backend, guest)
  const load = await startSteadyLoad(server.url, 2)
  await load.more(100)
  const { cursor } = await readFeed(backend)
  const acknowledged = [...load.acknowledged]
  const backup = await beckon(['backup', into, '--json'], env)
  await load.more(50)
  await load.stop()
  return { guest, file, cursor, acknowledged, backup }
}

test('a backup of a server under load, restored elsewhere, has all that was acknowledged before it began, and everybody fetches again', { timeout: 180_000 }, async () => {
  using data = aTemporaryDirectory()
  using elsewhere = aTemporaryDirectory()
  const env = anEnvironment(data.path)
  const into = join(elsewhere.path, 'monday')
  const there = { ...env, BECKON_DATA_DIR: join(elsewhere.path, 'data') }
  const { guest, file, cursor, acknowledged, backup } = await backedUpUnderLoad(env, into)
  const restored = await beckon(['restore', into, '--json'], there)

  expect([backup, restored]).toMatchObject([{ code: 0 }, { code: 0 }])
  const [told, done] = [JSON.parse(backup.stdout), JSON.parse(restored.stdout)] as [Record<string, unknown>, Record<string, unknown>]
  expect(done).toMatchObject({ files: 1, lastPosition: told['lastPosition'] })
  expect([told['epoch'], done['epoch'] === told['epoch']]).toEqual([guest.resume.epoch, false])
  await using server = await startServerProcess({ env: { ...there, BECKON_SECRET_KEY: readFileSync(join(data.path, 'installation.key'), 'utf8').trim() } })
  const backend = await aBackend(server.url, credentials)
  expect((await readFeed(backend)).entities).toHaveLength(Number(told['lastPosition']))
  expect(await lost(backend, acknowledged)).toEqual([])
  expect(await bytesOf(backend, server.url, file)).toBe(label.toString())
  expect((await backend.call('GET', `/api/v2/events?after=${cursor}`)).status).toBe(400)
  await reach(backend, guest, 'We are back')
  expect(await comeBack(server.url, guest, 'We are back')).toMatchObject({ resumed: false, texts: expect.arrayContaining(['Where is my parcel?', 'We are back']) })
})

test('a backup that is damaged, or not whole, is refused before anything is restored, and neither command overwrites anything', { timeout: 180_000 }, async () => {
  using data = aTemporaryDirectory()
  using elsewhere = aTemporaryDirectory()
  const [env, into] = [anEnvironment(data.path), join(elsewhere.path, 'monday')]
  const there = { ...env, BECKON_DATA_DIR: join(elsewhere.path, 'data') }
  await (async () => {
    await using server = await startServerProcess({ env })
    await attach(await aBackend(server.url, credentials), await visit(server.url, randomUUID(), ['Hello']))
  })()
  await beckon(['backup', into], env)
  const file = join(into, 'attachments', ...readdirSync(join(into, 'attachments')).flatMap((shelf) => [shelf, ...readdirSync(join(into, 'attachments', shelf))]))
  const restoring = async () => (await beckon(['restore', into], there)).stderr

  appendFileSync(file, '!')
  expect(await restoring()).toContain('The backup is damaged: attachments/')
  writeFileSync(file, label)
  const sums = readFileSync(join(into, 'SHA256SUMS'))
  rmSync(join(into, 'SHA256SUMS'))
  expect(await restoring()).toContain('is no whole backup')
  writeFileSync(join(into, 'SHA256SUMS'), String(sums).replace('attachments/', 'attachments/../'))
  expect(await restoring()).toContain('The backup is damaged')
  expect(readdirSync(there.BECKON_DATA_DIR).toSorted()).toEqual(['server.lock', 'server.pid'])

  writeFileSync(join(into, 'SHA256SUMS'), sums)
  expect(await restoring()).toBe('')
  expect(await restoring()).toContain('restoring overwrites nothing')
  expect((await beckon(['backup', into], env)).stderr).toContain('a backup overwrites nothing')
})
