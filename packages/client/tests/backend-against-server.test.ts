import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBeckon } from '../src/index.ts'
import type { ChildProcess } from 'node:child_process'
import type { Beckon } from '../src/index.ts'

const program = join(import.meta.dirname, '../../cli/src/main.ts')
let dataDir: string
let server: { readonly process: ChildProcess; readonly port: string }
let beckon: Beckon

async function start(port: string): Promise<typeof server> {
  const env = { PATH: process.env['PATH'], BECKON_DATA_DIR: dataDir, BECKON_PORT: port }
  const child = spawn(process.execPath, [program, 'demo'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { process: child, port: new URL(String(JSON.parse(String(line)).url)).port }
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  const gone = once(server.process, 'close')
  server.process.kill(signal)
  await gone
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'beckon-sdk-'))
  server = await start('0')
  beckon = createBeckon({
    url: `http://127.0.0.1:${server.port}`,
    clientId: 'demo',
    clientSecret: 'demo-secret-for-development-only',
    retry: { retries: 20, longestPauseMs: 300 },
  })
})

afterAll(async () => {
  await stop('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})

test('a send that meets a restart arrives once, and the feed goes on without a gap or a repetition', async () => {
  const { contactId } = await beckon.createSession({ contact: { name: 'Ada' } })
  const { conversationId = '' } = await beckon.sendToContact(contactId, { text: 'before' })
  const heard: (string | undefined)[] = []
  const listening = (async () => {
    for await (const event of beckon.events({ after: 'beginning', types: ['message.created'] })) {
      if (event.type === 'message.created') heard.push(event.data.message.text)
      if (heard.includes('after')) return
    }
  })()

  await stop('SIGKILL')
  const meanwhile = beckon.sendToContact(contactId, { text: 'during' })
  server = await start(server.port)
  await meanwhile
  await beckon.sendToContact(contactId, { text: 'after' })
  await listening

  expect(heard).toEqual(['before', 'during', 'after'])
  const log: (string | undefined)[] = []
  for await (const entry of beckon.listMessages(conversationId, { limit: 2 }))
    if (entry.kind === 'message') log.push(entry.text)
  expect(log).toEqual(['before', 'during', 'after'])
})

test('the same key is the same message, and another body under it is refused', async () => {
  const { contactId } = await beckon.createSession({ contact: { name: 'Grace' } })
  const key = { idempotencyKey: `ticket-${contactId}` }

  const first = await beckon.sendToContact(contactId, { text: 'once' }, key)
  const second = await beckon.sendToContact(contactId, { text: 'once' }, key)

  expect(second).toEqual(first)
  await expect(beckon.sendToContact(contactId, { text: 'another' }, key)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
})

test('a dry run and the send agree, and the dry run leaves nothing behind', async () => {
  const { contactId } = await beckon.createSession({ contact: { name: 'Alan' } })
  const { conversationId = '' } = await beckon.sendToContact(contactId, { text: 'hello' })
  await beckon.closeConversation(conversationId, { reason: 'solved' })

  const plan = await beckon.sendToContact(contactId, { text: 'again', dryRun: true })
  expect((await beckon.getConversation(conversationId)).status).toBe('closed')
  const sent = await beckon.sendToContact(contactId, { text: 'again' })

  expect(plan).toMatchObject({ did: sent.did, found: sent.found })
  expect((await beckon.explain(sent.messageId)).proactive?.did).toBe('reopened')
  expect((await beckon.explain(sent.id)).messageId).toBe(sent.messageId)
})

test('a refusal offers calls that work as they stand', async () => {
  const { contactId } = await beckon.createSession({ contact: { name: 'Edsger' } })
  const { conversationId = '' } = await beckon.sendToContact(contactId, { text: 'hello' })
  await beckon.closeConversation(conversationId)
  const send = { text: 'again', policy: { whenClosed: 'reject' } } as const

  const refusal = await beckon.sendToConversation(conversationId, send).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ name: 'BeckonRefusal', code: 'conversation_closed', currentState: expect.anything() })
  const [action] = Object(refusal).actions
  await beckon.request({ method: action.method, path: action.href, body: action.body })

  expect((await beckon.sendToConversation(conversationId, send)).did).toBe('appended')
})

test('a list is walked across its pages', async () => {
  const names = ['p1', 'p2', 'p3', 'p4', 'p5'].map((name) => `${name}-paged`)
  for (const name of names) await beckon.createContact({ name })

  const found: (string | undefined)[] = []
  for await (const { name } of beckon.listContacts({ q: '-paged', pageSize: 2 })) found.push(name)

  expect(new Set(found)).toEqual(new Set(names))
  expect(found).toHaveLength(names.length)
})
