import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBackend, type Backend } from './rig/backend.ts'
import { credentials, deploymentId } from './rig/environment.ts'
import { configure, openGuestSocket, say, type Frame, type GuestSocket } from './rig/guest-socket.ts'
import { anInstallation, type Installation, type NodeProcess } from './rig/nodes/some-nodes.ts'

interface Place {
  readonly contactId: string
  readonly conversationId: string
}

interface Several extends AsyncDisposable {
  readonly installation: Installation
  readonly a: NodeProcess
  readonly b: NodeProcess
  /** The business's program, which calls node B. */
  readonly backend: Backend
}

/** Two nodes that serve callers and one that keeps appointments, each a process. */
async function threeNodes({ withNats }: { readonly withNats: boolean }): Promise<Several> {
  await using stack = new AsyncDisposableStack()
  const installation = stack.use(await anInstallation({ withNats }))
  const a = await installation.start('web')
  const [b] = await Promise.all([installation.start('web'), installation.start('worker')])
  const backend = await aBackend(b.url, credentials)
  const owned = stack.move()
  return { installation, a, b, backend, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** A guest with a page open at this node, who has said hello. */
async function aGuestAt({ url }: NodeProcess, backend: Backend, token: string = randomUUID()): Promise<{ readonly socket: GuestSocket; readonly token: string; readonly place: Place }> {
  const socket = await openGuestSocket(url, deploymentId)
  await configure(socket, deploymentId, token)
  const { body } = await say(socket, token, 'Hello', randomUUID())
  const { conversationId } = body as { conversationId: string }
  const { contactId } = await backend.ask<Place>('GET', `/api/v2/conversations/messaging/${conversationId}`)
  return { socket, token, place: { contactId, conversationId } }
}

function send(backend: Backend, { contactId }: Place, text: string, more: object = {}): Promise<{ messageId: string; id: string; deliveries: { status: string; connections?: number }[] }> {
  return backend.ask('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text, ...more })
}

function textOf({ body }: Frame): unknown {
  return body['text']
}

function hears(socket: GuestSocket, text: string): Promise<Frame> {
  return socket.until((frame) => textOf(frame) === text)
}

function textsHeard({ frames }: GuestSocket): readonly unknown[] {
  return frames.map(textOf).filter((text) => typeof text === 'string')
}

/** Milliseconds from a send by one node until the guest at the other hears of it. */
async function timeToHear({ backend }: Several, socket: GuestSocket, place: Place, text: string): Promise<number> {
  const heard = hears(socket, text)
  const before = performance.now()
  await send(backend, place, text)
  await heard
  return performance.now() - before
}

describe.each([{ by: 'NATS', withNats: true }, { by: 'PostgreSQL alone', withNats: false }])('nodes that hear each other by $by', ({ withNats }) => {
  let nodes: Several
  beforeAll(async () => {
    nodes = await threeNodes({ withNats })
  })
  afterAll(() => nodes[Symbol.asyncDispose]())

  test('bring a guest at one and a business at another together, wherever the sockets are', async () => {
    const { a, b, backend } = nodes
    const { socket, token, place } = await aGuestAt(a, backend)
    using other = await openGuestSocket(b.url, deploymentId)
    await configure(other, deploymentId, token)
    // What comes while the log is read for a page stands in its history.
    await other.until(({ class: kind }) => kind === 'History')

    const heard = [hears(socket, 'From B'), hears(other, 'From B')]
    await send(backend, place, 'From B')
    await Promise.all(heard)
    await say(other, token, 'Written at B', randomUUID())
    await hears(socket, 'Written at B')

    expect(textsHeard(socket)).toEqual(['Hello', 'From B', 'Written at B'])
    socket[Symbol.dispose]()
  })

  test('tell each other what is not in the log: who is here, who is writing, whose access was taken away', async () => {
    const { a, b, backend } = nodes
    const { socket, place } = await aGuestAt(a, backend)
    const path = `/api/v2/conversations/messaging/${place.conversationId}`

    await expect.poll(async () => (await backend.ask<{ presence: { connections: number } }>('GET', path)).presence.connections).toBe(1)
    expect((await send(backend, place, 'Live')).deliveries).toEqual([expect.objectContaining({ connections: 1 })])
    const typing = socket.until(({ body }) => JSON.stringify(body).includes('"Typing"'))
    await backend.ask('POST', `${path}/typing`, { on: true, from: { name: 'Mira' } })
    await typing
    socket[Symbol.dispose]()
    await expect.poll(async () => (await backend.ask<{ presence: { connections: number } }>('GET', path)).presence.connections).toBe(0)

    const stranger = await issue(b)
    expect(await statusAt(a, stranger)).toBe(200)
    await fetch(`${b.url}/oauth/revoke`, { method: 'POST', headers: { authorization: basic }, body: new URLSearchParams({ token: stranger }) })
    // Known for a second at the other node, unless it hears of it.
    await expect.poll(() => statusAt(a, stranger), { timeout: 700, interval: 20 }).toBe(401)
  })

  test('what was scheduled at one node is kept by the worker and heard at another', async () => {
    const { socket, place } = await aGuestAt(nodes.a, nodes.backend)
    using _ = socket

    const heard = hears(socket, 'Later')
    const { id } = await send(nodes.backend, place, 'Later', { policy: { sendAt: new Date(Date.now() + 1500).toISOString() } })
    await heard

    expect(await nodes.backend.ask('GET', `/api/v2/conversations/messaging/proactive/${id}`)).toMatchObject({ status: expect.stringMatching(/sent|delivered/) })
  })

  test('take nobody along when one dies: its guest comes back at another, and has everything', async () => {
    const { a, b, backend } = nodes
    const { socket, token, place } = await aGuestAt(a, backend)

    a.kill('SIGKILL')
    await socket.closed
    await send(backend, place, 'While away')
    using again = await openGuestSocket(b.url, deploymentId)
    await configure(again, deploymentId, token)
    const history = await again.until(({ body }) => JSON.stringify(body).includes('While away'))

    expect(JSON.stringify(history.body)).toContain('Hello')
  })
})

test('nodes lose nothing when NATS dies: everything arrives, later, and at once again when it is back', { timeout: 120_000 }, async () => {
  await using nodes = await threeNodes({ withNats: true })
  const { nats } = nodes.installation
  const { socket, place } = await aGuestAt(nodes.a, nodes.backend)
  using _ = socket
  await timeToHear(nodes, socket, place, 'at first')
  const before = await timeToHear(nodes, socket, place, 'before')

  await nats?.kill('SIGKILL')
  const without: number[] = []
  for (const text of ['one', 'two', 'three', 'four', 'five']) without.push(await timeToHear(nodes, socket, place, text))
  await nats?.restart()
  await expect.poll(() => timeToHear(nodes, socket, place, randomUUID()), { timeout: 20_000 }).toBeLessThan(200)

  expect(before).toBeLessThan(500)
  expect(Math.max(...without)).toBeLessThan(5000)
  expect(textsHeard(socket).slice(0, 8)).toEqual(['Hello', 'at first', 'before', 'one', 'two', 'three', 'four', 'five'])
})

const basic = `Basic ${btoa(`${credentials.clientId}:${credentials.clientSecret}`)}`

async function issue({ url }: NodeProcess): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', headers: { authorization: basic }, body: new URLSearchParams({ grant_type: 'client_credentials' }) })
  const { access_token } = (await response.json()) as { access_token: string }
  return access_token
}

async function statusAt({ url }: NodeProcess, token: string): Promise<number> {
  return (await fetch(`${url}/api/v2/contacts?pageSize=1`, { headers: { authorization: `Bearer ${token}` } })).status
}
