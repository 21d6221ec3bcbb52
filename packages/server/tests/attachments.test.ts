import { mkdirSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aBackend, type Backend } from './rig/backend.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

interface Created {
  readonly attachment: { readonly id: string }
  readonly upload: { readonly url: string; readonly headers: Readonly<Record<string, string>> }
}

const label = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000_000, 'label')])

async function aConversation(backend: Backend): Promise<string> {
  const { contactId } = await backend.ask<{ contactId: string }>('POST', '/api/v2/conversations/messaging/sessions', {})
  const { conversationId } = await backend.ask<{ conversationId: string }>('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text: 'Hello' })
  return `/api/v2/conversations/messaging/${conversationId}`
}

const announce = (backend: Backend, path: string): Promise<Created> =>
  backend.ask('POST', `${path}/attachments`, { fileName: 'label.pdf', fileType: 'application/pdf', fileSize: label.length })

/** Files under the folder of attachments, whole and half. */
function filesIn(dataDir: string): readonly string[] {
  const folder = join(dataDir, 'attachments')
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name)
}

test('a file that was acknowledged is there after the server was killed, and so is the address that was handed out for it', async () => {
  using data = aTemporaryDirectory()
  const given = await (async () => {
    await using server = await startServerProcess({ env: anEnvironment(data.path) })
    const backend = await aBackend(server.url, credentials)
    const path = await aConversation(backend)
    const { attachment, upload } = await announce(backend, path)
    const put = await fetch(upload.url, { method: 'PUT', body: label, headers: { ...upload.headers, 'content-type': 'application/pdf' } })
    expect(put.status).toBe(204)
    await backend.ask('POST', `${path}/messages`, { content: [{ contentType: 'Attachment', attachment: { id: attachment.id } }] })
    const { downloadUrl } = await backend.ask<{ downloadUrl: string }>('GET', `${path}/attachments/${attachment.id}`)
    server.kill('SIGKILL')
    await server.ended
    return { path, id: attachment.id, address: new URL(downloadUrl) }
  })()

  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const backend = await aBackend(server.url, credentials)

  const again = await fetch(`${server.url}${given.address.pathname}${given.address.search}`)
  expect(Buffer.from(await again.arrayBuffer()).equals(label)).toBe(true)
  expect(await backend.ask('GET', `${given.path}/attachments/${given.id}`)).toMatchObject({ status: 'attached', fileSize: label.length })
  expect(filesIn(data.path)).toHaveLength(1)
})

test('an upload that hangs up half-way leaves no file behind', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const backend = await aBackend(server.url, credentials)
  const { upload } = await announce(backend, await aConversation(backend))
  const half = request(upload.url, { method: 'PUT', headers: { 'content-length': label.length } })
  half.on('error', () => undefined)
  half.write(label.subarray(0, 1_500_000))
  await expect.poll(() => filesIn(data.path)).toHaveLength(1)

  half.destroy()

  await expect.poll(() => filesIn(data.path)).toEqual([])
})
