import type { Entry } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { aBackend, type Answer, type Backend } from './rig/backend.ts'
import { createChance } from './rig/chance.ts'
import { replayLog } from './rig/concurrency/replay-log.ts'
import { ways, type Place, type Way } from './rig/concurrency/ways.ts'
import { anEnvironment, credentials, deploymentId } from './rig/environment.ts'
import { configure, openGuestSocket, say, type GuestSocket } from './rig/guest-socket.ts'
import { startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

const messaging = '/api/v2/conversations/messaging'

async function aServer() {
  const stack = new AsyncDisposableStack()
  const data = stack.use(aTemporaryDirectory())
  const server = stack.use(await startServerProcess({ env: anEnvironment(data.path) }))
  const backend = await aBackend(server.url, credentials)
  await backend.ask('PATCH', `/api/v2/deployments/${deploymentId}`, { allowedDomains: ['*'], limits: { messagesPerSecond: 100, requestsPerMinute: 10_000, connectionsPerSession: 10 } }, { 'if-match': '*' })
  return { server, backend, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

async function aPlace(backend: Backend, contactId?: string): Promise<Place> {
  const id = contactId ?? (await backend.ask<{ id: string }>('POST', '/api/v2/contacts', { name: 'Ada' })).id
  const { conversationId } = await backend.ask<{ conversationId: string }>('POST', `${messaging}/contacts/${id}/messages`, { text: 'Hello' })
  return { contactId: id, conversationId }
}

async function logOf(backend: Backend, conversationId: string): Promise<readonly Entry[]> {
  const log: Entry[] = []
  for (let next: string | undefined = `${messaging}/${conversationId}/messages?limit=500`; next !== undefined; ) {
    const page: { entities: Entry[]; nextUri?: string } = await backend.ask('GET', next)
    log.push(...page.entities)
    next = page.nextUri
  }
  return log
}

describe('the same send fifty times at once, under one key', () => {
  const sends = ways.filter(({ sends: isSend, name }) => isSend === true && name !== 'send, staying closed' && name !== 'send unless closed')

  test.each(sends.map((way) => [way.name, way] as const))('%s: is one message, and everybody is told the same of it', async (_, way) => {
    await using at = await aServer()
    const { backend } = at
    const place = await aPlace(backend)
    const send = (): Promise<Answer> => backend.call(way.method, way.path(place), way.body?.(place, 'Your parcel is here.'), { 'idempotency-key': 'parcel-77' })

    const first = await Promise.all(Array.from({ length: 50 }, send))
    const settled: Answer[] = []
    for (let answer of first) {
      while (answer.status === 409) {
        expect(answer.body).toMatchObject({ status: 409 })
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
        answer = await send()
      }
      settled.push(answer)
    }

    expect(new Set(settled.map(({ status }) => status)).size).toBe(1)
    expect(new Set(settled.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(settled.filter(({ headers }) => headers.get('idempotent-replayed') !== 'true').length).toBe(1)
    expect((await logOf(backend, place.conversationId)).filter(({ text }) => text === 'Your parcel is here.')).toHaveLength(1)
  })
})

interface Said {
  readonly text: string
  readonly way?: Way
  readonly answer?: Answer
}

const callers = 10
const callsEach = 12
const tabs = 3
const linesEach = 8

/** Somebody's program, going at it as fast as it is answered. */
async function aCaller(backend: Backend, place: Place, { name, seed }: { readonly name: string; readonly seed: number }): Promise<readonly Said[]> {
  const chance = createChance(seed)
  const said: Said[] = []
  for (let count = 1; count <= callsEach; count += 1) {
    const way = ways[chance.between(0, ways.length - 1)] ?? ways[0]
    const text = `${name} ${count}`
    if (way) said.push({ text, way, answer: await backend.call(way.method, way.path(place), way.body?.(place, text)) })
  }
  return said
}

async function aTab(url: string, token: string, name: string): Promise<{ readonly socket: GuestSocket; readonly write: () => Promise<readonly Said[]> }> {
  const socket = await openGuestSocket(url, deploymentId, { origin: url })
  await configure(socket, deploymentId, token)
  return {
    socket,
    async write() {
      const said: Said[] = []
      for (let count = 1; count <= linesEach; count += 1) {
        const frame = await say(socket, token, `${name} ${count}`, `${name}-${count}`)
        expect(frame).toMatchObject({ code: 200, class: 'StructuredMessage' })
        said.push({ text: `${name} ${count}` })
      }
      return said
    },
  }
}

describe('closing, reopening and writing by every way at once, by programs and by the guest', () => {
  test.each([1, 2, 3])('leaves a log that the life cycle allows, with everything acknowledged in it once (seed %i)', async (seed) => {
    await using at = await aServer()
    const { server, backend } = at
    const token = `6d1c4a52-3f6b-4a55-9a42-0d2b8a5f0c1${seed}`
    const open = await Promise.all(Array.from({ length: tabs }, (_, index) => aTab(server.url, token, `tab ${index}`)))
    const { entities: [guest] } = await backend.ask<{ entities: { id: string }[] }>('GET', '/api/v2/contacts')
    const place = await aPlace(backend, guest?.id)

    const programs = Array.from({ length: callers }, (_, index) => aCaller(backend, place, { name: `program ${index}`, seed: seed * 1000 + index }))
    const all = (await Promise.all([...programs, ...open.map(({ write }) => write())])).flat()
    for (const { socket } of open) socket[Symbol.dispose]()

    const refused = all.filter(({ answer }) => answer !== undefined && answer.status >= 400)
    expect(refused.filter(({ way, answer }) => way?.name !== 'send unless closed' || answer?.status !== 409)).toEqual([])
    const { entities } = await backend.ask<{ entities: { id: string; status: string; lastSeq: number }[] }>('GET', `${messaging}?contactId=${place.contactId}&pageSize=100`)
    const stayers = new Set(all.filter(({ way }) => way?.staysClosed).map(({ text }) => text))
    const texts: string[] = ['Hello']
    for (const { id, status, lastSeq } of entities) {
      const log = await logOf(backend, id)
      expect(replayLog(log, (text) => stayers.has(text))).toEqual({ state: status, faults: [] })
      expect(log.at(-1)?.seq).toBe(lastSeq)
      texts.push(...log.flatMap(({ kind, text = '' }) => (kind === 'message' && text !== 'Hello' ? [text] : [])))
    }
    const acknowledged = all.filter(({ way, answer }) => way === undefined || (way.sends && answer !== undefined && answer.status < 300)).map(({ text }) => text)
    expect(texts.toSorted()).toEqual(['Hello', ...acknowledged].toSorted())
    expect(server.said.stderr).not.toMatch(/"level":"(?:error|fatal)"/)
  })
})
