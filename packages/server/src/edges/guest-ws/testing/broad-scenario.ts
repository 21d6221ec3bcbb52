import { minutes, seconds, type Saying } from '@beckon/core'
import { generous, openGuestEdge, type GuestEdge, type TestGuest } from './guest-edge.ts'

/** What one guest's sockets heard, in the order of hearing. */
export interface Heard {
  readonly texts: readonly string[]
}

const presence = (type: string): object => ({ type: 'Event', events: [{ eventType: 'Presence', presence: { type } }] })
const card = { title: 'Shirt', actions: [{ type: 'Link', text: 'Look', url: 'https://shop.example' }, { type: 'Postback', text: 'Take' }], defaultAction: { type: 'Postback', text: 'Take' } }

/** Everything that a business may say, at its longest too. */
export const sayings: readonly Saying[] = [
  { text: 'plain' },
  { text: '', content: [{ contentType: 'QuickReply', quickReply: { text: 'Yes' } }] },
  { text: '', content: [{ contentType: 'Card', card }] },
  { text: '', content: [{ contentType: 'Carousel', carousel: { cards: [card, card] } }] },
  { text: '', content: [{ contentType: 'DatePicker', datePicker: { title: 'When?', availableTimes: [{ dateTime: '2026-03-05T09:00:00Z', duration: 60 }] } }] },
  { text: '', content: [{ contentType: 'ListPicker', listPicker: { sections: [{ title: 'Sizes', multipleSelection: true, items: [{ id: 's', title: 'Small' }] }] } }] },
  { text: '', content: [{ contentType: 'Form', form: { formPages: [{ title: 'You', pageComponents: [] }] } }] },
  { text: '', content: [{ contentType: 'Story' }, 'no part at all', { contentType: 'Card' }, { contentType: 'QuickReply', quickReply: { text: 'Still here' } }] },
  { text: '😀'.repeat(1024), metadata: { ticket: '4711' } },
  { text: '"'.repeat(4096), content: [{ contentType: 'QuickReply', quickReply: { text: 'é'.repeat(100), payload: 'é'.repeat(2900) } }] },
  { text: '\u0001'.repeat(4096) },
  { text: 'with notes', metadata: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`note ${String(n)}`, 'x'.repeat(1000)])) },
  { text: '\\'.repeat(4096), content: [{ contentType: 'Carousel', carousel: { cards: Array.from({ length: 30 }, () => ({ title: 'x'.repeat(400), actions: [] })) } }] },
]

/** A guest who does what guests do, and nothing wrong. */
export async function anOrdinaryVisit(): Promise<Heard> {
  await using edge = await openGuestEdge({ autoStart: true })
  const guest = await edge.guest()
  await guest.configure({ startNew: false, journeyContext: { customer: { id: guest.token, idType: 'cookie' }, customerSession: { id: '', type: 'web' } } })
  await guest.say('', { message: presence('Join') })
  await guest.say('hello', { message: { type: 'Text', text: 'hello', metadata: { customMessageId: 'x' }, channel: { metadata: { customAttributes: { tier: 'gold' } } } } })
  await guest.say('', { message: { type: 'Text', text: '', content: [{ contentType: 'ButtonResponse', buttonResponse: { text: 'Yes', payload: 'yes', type: 'QuickReply', originatingMessageId: 'q' } }] } })
  await hearEverything(edge, guest)
  await edge.close((await edge.conversationOf(guest)).id)
  await guest.next((frame) => JSON.stringify(frame).includes('Disconnect'))
  await guest.say('one more thing')
  await missAndReturn(edge, guest)
  guest.send({ action: 'onMessage', token: guest.token, message: presence('Clear') })
  await guest.next('ConnectionClosedEvent')
  return { texts: guest.texts }
}

/** Every other frame there is: errors, health checks, limits, read-only, a new chat, a fourth tab, an expiry. */
export async function aRoughVisit(): Promise<Heard> {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly', sessionDuration: minutes(10), clearEnabled: false, limits: { ...generous, messagesPerSecond: 3 } })
  const guest = await edge.guest()
  const { token } = guest
  await guest.settle()
  await guest.say('too early')
  guest.send('no json')
  guest.send({ action: 'dance', token, tracingId: null })
  guest.send({ action: 'onMessage', token, tracingId: 'half', message: { type: 'Text', text: '\ud800' } })
  guest.send({ action: 'getConfiguration', token, deploymentId: edge.deployment.id })
  await guest.configure()
  await guest.configure({ deploymentId: 'another' })
  for (const text of ['', 'x'.repeat(5000), 'one', 'two', 'three', 'four']) await guest.say(text)
  await guest.say('', { message: presence('Clear') })
  await guest.say('', { message: presence('SignIn') })
  await guest.say('x', { channel: { metadata: { customAttributes: { k: 'v'.repeat(3000) } } } })
  guest.send({ action: 'getJwt', token })
  await edge.close((await edge.conversationOf(guest)).id)
  await edge.pass(minutes(1))
  await guest.say('read only')
  const tabs = await Promise.all([1, 2, 3].map(() => edge.guest({ token })))
  for (const tab of tabs) await tab.configure()
  const [tab, ...others] = tabs
  if (!tab) throw new Error('there are three tabs')
  tab.send({ action: 'closeSession', token, tracingId: 'bye', closeAllConnections: true })
  await tab.next((frame) => frame.tracingId === 'bye')
  await tab.configure({ startNew: true })
  await tab.say('a new matter')
  edge.world.clock.advance(seconds(6))
  await Promise.all([guest, ...others].map(({ closed }) => closed))
  await edge.pass(minutes(11))
  await edge.keepAppointments()
  await tab.settle()
  await tab.say('too late')
  return { texts: [guest, tab, ...others].flatMap(({ texts }) => texts) }
}

async function hearEverything(edge: GuestEdge, guest: TestGuest): Promise<void> {
  const { contactId, id: conversationId, deploymentId } = await edge.conversationOf(guest)
  for (const saying of sayings) {
    const heard = guest.texts.length
    await edge.world.useCases.sendMessage({ address: { contactId }, saying, from: { kind: 'agent', name: 'M'.repeat(200) }, proactive: true, policy: {} })
    while (guest.texts.length === heard) await guest.next((frame) => frame.body['direction'] === 'Outbound')
  }
  edge.world.bus.publish({ kind: 'typing', typing: { contactId, conversationId, deploymentId, by: 'agent', on: true } })
  edge.world.bus.publish({ kind: 'typing', typing: { contactId, conversationId, deploymentId, by: 'agent', on: false } })
}

/** What was said meanwhile comes one by one, not as a History that they do not know. */
async function missAndReturn(edge: GuestEdge, guest: TestGuest): Promise<void> {
  const { contactId } = await edge.conversationOf(guest)
  guest.send({ action: 'closeSession', token: guest.token, tracingId: 'away', closeAllConnections: true })
  await guest.next((frame) => frame.tracingId === 'away')
  await edge.send(contactId, 'while you were away')
  await guest.configure()
  await guest.next((frame) => frame.body['text'] === 'while you were away')
}
