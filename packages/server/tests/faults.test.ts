import { closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { aBackend, type Backend } from './rig/backend.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { spawnServer, startServerProcess } from './rig/server-process.ts'
import { aSmallDisk, mayMount } from './rig/small-disk.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

interface Sent {
  readonly messageId: string
  readonly conversationId: string
}

async function aContact(backend: Backend): Promise<string> {
  const { id } = await backend.ask<{ id: string }>('POST', '/api/v2/contacts', { name: 'Jane' })
  return id
}

function send(backend: Backend, contactId: string, text: string): ReturnType<Backend['call']> {
  return backend.call('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text }, { 'idempotency-key': text.slice(0, 40).replaceAll(' ', '-') })
}

async function textsIn(backend: Backend, conversationId: string): Promise<readonly string[]> {
  const texts: string[] = []
  for (let after = 0; ; ) {
    const page = await backend.ask<{ entities: { seq: number; text?: string }[] }>('GET', `/api/v2/conversations/messaging/${conversationId}/messages?after=${after}&limit=500`)
    for (const entry of page.entities) {
      expect(entry.seq).toBe((after += 1))
      if (entry.text !== undefined) texts.push(entry.text)
    }
    if (page.entities.length < 500) return texts
  }
}

test('a file that is no database is told as such, with what to do, and left as it is', async () => {
  using data = aTemporaryDirectory()
  const file = join(data.path, 'beckon.db')
  writeFileSync(file, 'This was a shopping list.\n'.repeat(500))
  await using server = spawnServer({ env: anEnvironment(data.path) })

  const { code } = await server.ended

  expect(code).toBe(1)
  expect(server.said.stderr).toContain(file)
  expect(server.said.stderr).toMatch(/not a database[^]*restore the file from a backup/)
  expect(server.said.stdout).toBe('')
  expect(statSync(file).size).toBe(13_000)
})

test('a database whose inside was overwritten is never answered from as if it were whole', async () => {
  using data = aTemporaryDirectory()
  await using before = await startServerProcess({ env: anEnvironment(data.path) })
  const contactId = await aContact(await aBackend(before.url, credentials))
  before.kill('SIGTERM')
  await before.ended
  const file = openSync(join(data.path, 'beckon.db'), 'r+')
  writeSync(file, Buffer.alloc(statSync(join(data.path, 'beckon.db')).size - 4096, 0xa5), 0, undefined, 4096)
  closeSync(file)

  await using server = spawnServer({ env: anEnvironment(data.path) })
  const { code } = await server.ended

  expect(contactId).not.toBe('')
  expect(code).toBe(1)
  expect(server.said.stderr).toMatch(/damaged: restore it from a backup/)
})

test('a database that another program holds is told as such', async () => {
  using data = aTemporaryDirectory()
  const other = new DatabaseSync(join(data.path, 'beckon.db'))
  other.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE theirs (x)')
  await using server = spawnServer({ env: anEnvironment(data.path) })

  const { code } = await server.ended

  expect(code).toBe(1)
  expect(server.said.stderr).toContain('another program holds the database')
  other.close()
})

test('while another program writes to the database nothing is acknowledged, and afterwards the repeated send is one message', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const backend = await aBackend(server.url, credentials)
  const contactId = await aContact(backend)
  const other = new DatabaseSync(join(data.path, 'beckon.db'))
  other.exec('BEGIN IMMEDIATE')

  const refused = await send(backend, contactId, 'is anybody there?')
  other.exec('ROLLBACK')
  other.close()
  const accepted = await send(backend, contactId, 'is anybody there?')

  expect([refused.status, refused.body, refused.headers.get('retry-after')]).toMatchObject([503, { code: 'unavailable' }, '1'])
  expect(accepted.status).toBe(202)
  expect(await textsIn(backend, (accepted.body as Sent).conversationId)).toEqual(['is anybody there?'])
})

// Loud where it cannot be done: a full disk can be had only by who may mount a small one.
test.skipIf(!mayMount())('a full disk refuses with 503, loses nothing that was acknowledged, and goes on when there is room', async () => {
  using disk = aSmallDisk(6)
  if (disk === undefined) throw new Error('the disk could be mounted a moment ago')
  const ballast = join(disk.path, 'ballast')
  writeFileSync(ballast, Buffer.alloc(1024 * 1024))
  await using server = await startServerProcess({ env: anEnvironment(disk.path) })
  const backend = await aBackend(server.url, credentials)
  const contactId = await aContact(backend)

  const acknowledged: string[] = []
  let conversationId = ''
  let refusal: Awaited<ReturnType<typeof send>> | undefined
  for (let count = 1; refusal === undefined && count < 5000; count += 1) {
    const text = `${count} ${'x'.repeat(4000)}`
    const answer = await send(backend, contactId, text)
    if (answer.status !== 202) refusal = answer
    else {
      acknowledged.push(text)
      conversationId = (answer.body as Sent).conversationId
    }
  }
  const whileFull = await textsIn(backend, conversationId)
  rmSync(ballast)
  const afterwards = await send(backend, contactId, 'there is room again')

  expect(refusal).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(server.said.stderr).toContain('the disk is full')
  expect(whileFull).toEqual(acknowledged)
  expect(afterwards.status).toBe(202)

  server.kill('SIGKILL')
  await server.ended
  await using again = await startServerProcess({ env: anEnvironment(disk.path) })
  expect(await textsIn(await aBackend(again.url, credentials), conversationId)).toEqual([...acknowledged, 'there is room again'])
})
