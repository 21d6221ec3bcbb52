import { section } from '../run/case.ts'
import { aText, expectShape, expectThat } from '../run/expect.ts'
import { isClass, tellsPresence, type World } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { listAt, textAt } from '../wire/json.ts'

/** A guest whose conversation was ended for good. */
async function ended({ conversing, backend }: World): Promise<{ readonly guest: Guest; readonly conversationId: string; readonly text: string }> {
  const conversation = await conversing({ disconnect: 'ReadOnly', clear: true })
  await backend().end(conversation.conversationId)
  await conversation.guest.until('Disconnect', tellsPresence('Disconnect'))
  return conversation
}

export const readOnly = [
  ...section('4.4', {
    'a message to a read-only conversation is answered 409': async (world) => {
      const { guest } = await ended(world)
      expectShape('the answer', await guest.say('one more thing'), { type: 'response', class: 'string', code: 409, body: aText })
    },
    'a reconnect finds the conversation read-only': async (world) => {
      const { guest } = await ended(world)
      const back = await world.open({ token: guest.token, deploymentId: guest.deploymentId })
      expectShape('the answer', await back.configure(), { class: 'SessionResponse', body: { connected: true, newSession: false, readOnly: true } })
    },
    'history stays readable in read-only, and has the Disconnect in it': async (world) => {
      const { guest, text } = await ended(world)
      const entities = listAt(await world.historyOf(guest), 'entities')
      expectThat('the guest’s text in history', entities.some((entity) => textAt(entity, 'text') === text), entities)
      expectThat('the Disconnect in history', entities.some((entity) => tellsPresence('Disconnect')({ body: entity })), entities)
    },
    'clearing is allowed in read-only': async (world) => {
      const { guest } = await ended(world)
      guest.send({ action: 'onMessage', tracingId: 'clear', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Clear' } }] } })
      await guest.until('SessionClearedEvent', isClass('SessionClearedEvent'))
    },
    'startNew leaves read-only behind': async (world) => {
      const { guest } = await ended(world)
      expectShape('the answer', await guest.configure({ startNew: true }), { class: 'SessionResponse', body: { connected: true, newSession: true, readOnly: false } })
      expectShape('the acknowledgement', await guest.say('and another thing'), { class: 'StructuredMessage' })
    },
  }),
  ...section('4.5', {
    'closeSession in read-only is answered connected:false and readOnly:true, on a socket that stays': async (world) => {
      const { guest } = await ended(world)
      const answer = await guest.ask({ action: 'closeSession', closeAllConnections: true })
      expectShape('the answer', answer, { type: 'response', class: 'SessionResponse', code: 200, body: { connected: false, readOnly: true } })
      await guest.settled()
      expectThat('no ConnectionClosedEvent to the requester', !guest.frames.some(isClass('ConnectionClosedEvent')), guest.frames)
    },
    'startNew then begins anew on the same socket': async (world) => {
      const { guest } = await ended(world)
      await guest.ask({ action: 'closeSession', closeAllConnections: true })
      expectShape('the answer', await guest.configure({ startNew: true }), { class: 'SessionResponse', body: { connected: true, newSession: true, readOnly: false } })
      const join = await guest.ask({ action: 'onMessage', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Join' } }] } })
      expectShape('the acknowledgement of Join', join, { class: 'StructuredMessage', body: { type: 'Event' } })
      expectShape('the acknowledgement', await guest.say('hello again'), { class: 'StructuredMessage' })
    },
    'each other connection is told with ConnectionClosedEvent': async (world) => {
      const { guest } = await ended(world)
      const other = await world.enter({ token: guest.token, deploymentId: guest.deploymentId })
      await guest.ask({ action: 'closeSession', closeAllConnections: true })
      await other.until('ConnectionClosedEvent', isClass('ConnectionClosedEvent'))
    },
  }),
  ...section('6.16', {
    'closeSession of one connection detaches that one': async ({ enter }) => {
      const guest = await enter()
      const other = await enter({ token: guest.token })
      guest.send({ action: 'closeSession', closeAllConnections: false, tracingId: 'only me' })
      await guest.until('ConnectionClosedEvent', isClass('ConnectionClosedEvent'))
      await other.settled()
      expectThat('no ConnectionClosedEvent to the other', !other.frames.some(isClass('ConnectionClosedEvent')), other.frames)
      expectShape('the other’s acknowledgement', await other.say('still here'), { class: 'StructuredMessage' })
    },
  }),
  ...section('6.17', {
    'closeSession of a writable session says so': async ({ enter }) => {
      const guest = await enter()
      expectShape('the answer', await guest.ask({ action: 'closeSession', closeAllConnections: true }), { class: 'SessionResponse', body: { connected: false, readOnly: false } })
    },
  }),
]
