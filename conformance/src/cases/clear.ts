import { section } from '../run/case.ts'
import { emptyOrAbsent, expectShape, expectThat } from '../run/expect.ts'
import { isClass, tellsPresence, type World } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { listAt } from '../wire/json.ts'

const clearing = { action: 'onMessage', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Clear' } }] } }

/** Clears, and waits until the guest was told everything. Not applicable where the deployment refuses it. */
async function clear(guest: Guest): Promise<void> {
  guest.send({ ...clearing, tracingId: 'clear' })
  await guest.until('ConnectionClosedEvent', isClass('ConnectionClosedEvent'))
}

async function written({ enter, aText, deploymentId }: World, deployment = deploymentId): Promise<Guest> {
  const guest = await enter({ deploymentId: deployment })
  await guest.say(aText())
  return guest
}

export const clearConversation = section('4.7', {
  'clearing is acknowledged as an Inbound Clear with the tracingId': async (world) => {
    const guest = await written(world)
    const ack = await guest.ask(clearing)
    expectShape('the acknowledgement', ack, { type: 'message', class: 'StructuredMessage', body: { type: 'Event', direction: 'Inbound', events: [{ eventType: 'Presence', presence: { type: 'Clear' } }] } })
  },
  'the acknowledgement comes first, then SessionClearedEvent, then ConnectionClosedEvent': async (world) => {
    const guest = await written(world)
    await clear(guest)
    const places = [guest.frames.findIndex(tellsPresence('Clear')), guest.frames.findIndex(isClass('SessionClearedEvent')), guest.frames.findIndex(isClass('ConnectionClosedEvent'))]
    expectThat('the three in this order', places.every((place, index) => place > (places[index - 1] ?? -1)), guest.frames.slice(-4))
  },
  'SessionClearedEvent has an empty body': async (world) => {
    const guest = await written(world)
    await clear(guest)
    expectShape('the event', await guest.until('SessionClearedEvent', isClass('SessionClearedEvent')), { type: 'message', code: 200, body: emptyOrAbsent })
  },
  'every other connection is told the same two in the same order': async (world) => {
    const guest = await written(world)
    const other = await world.enter({ token: guest.token })
    await clear(guest)
    await other.until('ConnectionClosedEvent', isClass('ConnectionClosedEvent'))
    const [cleared, closed] = [other.frames.findIndex(isClass('SessionClearedEvent')), other.frames.findIndex(isClass('ConnectionClosedEvent'))]
    expectThat('SessionClearedEvent before ConnectionClosedEvent', cleared >= 0 && cleared < closed, other.frames.slice(-4))
  },
  'the same token begins a new session afterwards': async (world) => {
    const guest = await written(world)
    await clear(guest)
    const back = await world.open({ token: guest.token })
    expectShape('the answer', await back.configure(), { class: 'SessionResponse', body: { connected: true, newSession: true, readOnly: false } })
  },
  'the data of the session are gone from history': async (world) => {
    const guest = await written(world)
    await clear(guest)
    const history = await world.historyOf(await world.enter({ token: guest.token }))
    expectThat('nothing that was cleared', listAt(history, 'entities').length === 0, history)
  },
  'the next message begins another conversation': async ({ conversing, enter, backend, aText }) => {
    const { guest, conversationId } = await conversing({ clear: true })
    await clear(guest)
    const back = await enter({ token: guest.token, deploymentId: guest.deploymentId })
    const text = aText()
    await back.say(text)
    const next = await backend().conversationWith(text)
    expectThat('another conversation', next !== conversationId, next)
  },
  'the business is told: the conversation is over': async ({ conversing, backend, eventually }) => {
    const { guest, conversationId } = await conversing({ clear: true })
    await clear(guest)
    await eventually('the conversation to be over', async () => !(await backend().isOpen(conversationId)))
  },
  'where clearing is off, it is answered 403 with "Conversation Clear", and nothing else happens': async (world) => {
    const guest = await written(world, await world.deploymentWith({ clear: false }))
    const mentionsClear = (body: unknown): boolean => typeof body === 'string' && body.includes('Conversation Clear')
    expectShape('the refusal', await guest.ask(clearing), { type: 'response', class: 'string', code: 403, body: mentionsClear })
    expectShape('the next acknowledgement', await guest.say('still here'), { class: 'StructuredMessage' })
    expectThat('no SessionClearedEvent', !guest.frames.some(isClass('SessionClearedEvent')), guest.frames)
  },
})
