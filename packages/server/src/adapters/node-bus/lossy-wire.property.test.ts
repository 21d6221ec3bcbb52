import { milliseconds, must, type Committed, type ContactId, type SessionId } from '@beckon/core'
import { valueOf } from '@beckon/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { someNodes, type SomeNodes, type TestNode } from './testing/some-nodes.ts'

/** What happens, and what becomes of the hints about it on their way to each node. */
type Step =
  | { readonly kind: 'write' | 'send' | 'close' | 'acknowledge' | 'end-session' | 'return'; readonly guest: number; readonly on: number }
  /** A window in which the store shows what is new to nobody, or cannot be reached. */
  | { readonly kind: 'hide'; readonly places: number }
  | { readonly kind: 'away'; readonly for: number }
  | { readonly kind: 'wire'; readonly on: number; readonly isUp: boolean }
  | { readonly kind: 'pass'; readonly time: number }

const names = ['a', 'b', 'c']
const guests = 2
const where = { guest: fc.nat(guests - 1), on: fc.nat(names.length - 1) }
const doing = fc.record({ kind: fc.constantFrom('write', 'send', 'close', 'acknowledge', 'end-session', 'return'), ...where } as const)
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: doing },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('hide'), places: fc.nat(3) } as const) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('away'), for: fc.integer({ min: 100, max: 4000 }) } as const) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wire'), on: fc.nat(names.length - 1), isUp: fc.boolean() } as const) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), time: fc.integer({ min: 1, max: 1500 }) } as const) },
  ),
  { maxLength: 40 },
)
/** None: lost. Two: doubled. Long: overtaken by what was said after it. */
const fates = fc.infiniteStream(fc.array(fc.oneof(fc.nat(5), fc.nat(3000)), { maxLength: 2 }).map((waits) => waits.map(milliseconds)))

interface Guest {
  readonly contactId: ContactId
  readonly token: string
  sessionId: SessionId
}

test('whatever the wire does, every node ends up having told everything that concerns somebody there, each thing once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fates, fc.boolean(), fc.boolean(), async (story, fate, isNarrow, isWatched) => {
      const world = await someNodes(names, isNarrow ? { maxBytes: 1500 } : {})
      const { deploymentId, people } = await settleIn(world)
      if (isWatched) must(world.nodes[2], 'the third node').bus.attend('everything')
      const from = await world.store.lastPosition()
      const toldBefore = world.nodes.map((node) => node.told().length)
      world.hub.fate = () => must(fate.next().value, 'a fate without an end')

      for (const step of story) await live(world, step, { deploymentId, people })
      await calmDown(world)

      for (const [index, node] of world.nodes.entries()) await expectAllTold(world, node, { told: node.told().slice(toldBefore[index]), from, people, isWatched: isWatched && index === 2 })
    }),
    { numRuns: 100 },
  )
})

/** Guests with sockets on every node, but that the last guest has none on the last node. */
function isOn(node: TestNode, guest: number): boolean {
  return guest < guests - 1 || node.name !== names.at(-1)
}

async function settleIn(world: SomeNodes) {
  const [first] = world.nodes
  const { useCases } = must(first, 'a node')
  const deployment = valueOf(await useCases.createDeployment({ settings: { name: 'Shop', allowedDomains: ['shop.example'] } }))
  const people: Guest[] = []
  for (let n = 0; n < guests; n += 1) {
    const token = `1f0f7a5c-9d3b-4e46-8a54-2f6f0c9b7d1${n}`
    const { contact, session } = valueOf(await useCases.configureGuest({ deploymentId: deployment.id, token, startNew: false }))
    people.push({ contactId: contact.id, token, sessionId: session.id })
    for (const node of world.nodes) if (isOn(node, n)) node.attach(contact.id, session.id)
  }
  await world.pass(3000)
  return { deploymentId: deployment.id, people }
}

type Given = Awaited<ReturnType<typeof settleIn>>

async function live(world: SomeNodes, step: Step, given: Given): Promise<void> {
  if (step.kind === 'pass') return world.pass(step.time)
  if (step.kind === 'hide') {
    world.hidden = step.places
    return undefined
  }
  if (step.kind === 'away') {
    world.store.goAway()
    await world.pass(step.for)
    return world.store.comeBack()
  }
  const node = must(world.nodes[step.on], 'a node')
  if (step.kind === 'wire') return step.isUp ? node.wire.comeUp() : node.wire.goDown()
  return act(world, node, step, given)
}

async function act({ store, nodes }: SomeNodes, { useCases }: TestNode, step: Extract<Step, { readonly guest: number }>, { deploymentId, people }: Given): Promise<void> {
  const guest = must(people[step.guest], 'a guest')
  const { contactId, sessionId, token } = guest
  const thread = await store.latestConversation(contactId)
  switch (step.kind) {
    case 'write':
      return void (await useCases.writeAsGuest({ contactId, sessionId, saying: { text: 'Hello' } }))
    case 'send':
      return void (await useCases.sendMessage({ address: { contactId }, saying: { text: 'Hi' }, from: { kind: 'api', id: 'crm' }, proactive: true, policy: {} }))
    case 'close':
      return void (thread && (await useCases.updateConversation({ conversationId: thread.id, status: 'closed', by: { kind: 'agent', id: 'ana' } })))
    case 'acknowledge':
      return void (thread && (await useCases.acknowledge({ contactId, conversationId: thread.id, by: 'guest', upTo: { seenSeq: thread.lastSeq } })))
    case 'end-session':
      return void (await useCases.endSession({ sessionId, reason: 'ended_by_backend' }))
    case 'return': {
      const back = await useCases.configureGuest({ deploymentId, token, startNew: false })
      if (!back.ok) return
      guest.sessionId = back.value.session.id
      for (const node of nodes) if (isOn(node, step.guest)) node.attach(contactId, guest.sessionId)
    }
  }
}

/** Whatever is away comes back, and nothing is lost any more. */
async function calmDown(world: SomeNodes): Promise<void> {
  world.hub.fate = () => [milliseconds(0)]
  world.hidden = 0
  world.store.comeBack()
  for (const { wire } of world.nodes) if (!wire.isUp) wire.comeUp()
  await world.pass(15_000)
}

interface Expected {
  readonly told: readonly Committed[]
  readonly from: number
  readonly people: readonly Guest[]
  /** Whether the node attends to everything. */
  readonly isWatched: boolean
}

async function expectAllTold({ store }: SomeNodes, node: TestNode, { told, from, people, isWatched }: Expected): Promise<void> {
  const { events } = await store.events(from, 10_000, {})
  const here = people.filter((_, index) => isOn(node, index))
  const concerning = events.filter(({ event }) => isWatched || here.some(({ contactId }) => contactId === event.contactId))
  const positions = told.flatMap((one) => one.events.map(({ position }) => position))
  expect(positions.filter((position, index) => positions.indexOf(position) !== index), `places told twice on ${node.name}`).toEqual([])
  expect(concerning.map(({ event }) => event.position).filter((position) => !positions.includes(position)), `places not told on ${node.name}`).toEqual([])

  const entries = new Set(told.flatMap((one) => one.entries.map(({ entry }) => entry.id)))
  expect(concerning.flatMap(({ entry }) => entry?.id ?? []).filter((id) => !entries.has(id)), `entries not told on ${node.name}`).toEqual([])
  for (const { contactId, sessionId } of here) {
    const thread = await store.latestConversation(contactId)
    const session = await store.session(sessionId)
    expect(newest(told.flatMap((one) => one.conversations), thread?.id), `the thread as known on ${node.name}`).toBe(hasMoved(events, contactId) ? thread?.version : undefined)
    const known = newest(told.flatMap((one) => one.sessions), sessionId)
    expect(session?.ended && session.version !== known, `whether the end of the session is unknown on ${node.name}`).toBeFalsy()
  }
}

function hasMoved(events: Awaited<ReturnType<SomeNodes['store']['events']>>['events'], contactId: ContactId): boolean {
  return events.some(({ event }) => event.contactId === contactId && event.conversationId !== undefined)
}

function newest(all: readonly { readonly id: string; readonly version: number }[], id: string | undefined): number | undefined {
  const versions = all.filter((one) => one.id === id).map(({ version }) => version)
  return versions.length === 0 ? undefined : Math.max(...versions)
}
