import { toId } from '@beckon/core'
import { expect, test } from 'vitest'
import { openGuestEdge, type Frame, type GuestEdge, type TestGuest } from './testing/guest-edge.ts'

async function sendContent(edge: GuestEdge, guest: TestGuest, content: readonly unknown[], text = ''): Promise<Frame> {
  const { contactId } = await edge.conversationOf(guest)
  const sent = await edge.world.useCases.sendMessage({ address: { contactId }, saying: { text, content }, from: { kind: 'bot', name: 'Bot' }, proactive: false, policy: {} })
  if (!sent.ok) throw new Error(sent.refusal.code)
  return guest.next((frame) => frame.body['direction'] === 'Outbound' && frame.body['type'] !== 'Event')
}

async function chatting(edge: GuestEdge, more: object = {}): Promise<TestGuest> {
  const guest = await edge.guest()
  await guest.configure(more)
  await guest.say('hello')
  return guest
}

test.each([
  { kind: 'a quick reply', part: { contentType: 'QuickReply', quickReply: { text: 'Yes' } }, becomes: { contentType: 'QuickReply', quickReply: { text: 'Yes', payload: '', action: 'Message' } } },
  {
    kind: 'a card',
    part: { contentType: 'Card', card: { title: 'Shirt', actions: [{ type: 'Link', text: 'Look', url: 'https://shop.example' }, { type: 'Postback', text: 'Take' }], defaultAction: { type: 'Link', text: 'Look', url: 'https://shop.example' } } },
    becomes: {
      contentType: 'Card',
      card: {
        title: 'Shirt', description: '',
        actions: [{ type: 'Link', text: 'Look', url: 'https://shop.example' }, { type: 'Postback', text: 'Take', payload: 'Take' }],
        defaultAction: { type: 'Link', text: 'Look', url: 'https://shop.example' },
      },
    },
  },
  { kind: 'a carousel', part: { contentType: 'Carousel', carousel: { cards: [{ title: 'A', actions: [] }] } }, becomes: { contentType: 'Carousel', carousel: { cards: [{ title: 'A', description: '', actions: [] }] } } },
  {
    kind: 'a date picker',
    part: { contentType: 'DatePicker', datePicker: { title: 'When?', availableTimes: [{ dateTime: '2026-03-05T09:00:00Z', duration: 1800 }] } },
    becomes: { contentType: 'DatePicker', datePicker: { title: 'When?', availableTimes: [{ dateTime: '2026-03-05T09:00:00Z', duration: 1800 }] } },
  },
])('$kind reaches clients with all that some of them need to read it', async ({ part, becomes }) => {
  await using edge = await openGuestEdge()
  const guest = await chatting(edge)

  const { body } = await sendContent(edge, guest, [part])

  expect(body).toMatchObject({ type: 'Structured', text: '', originatingEntity: 'Bot', content: [part.contentType === 'QuickReply' ? { ...becomes, quickReply: { ...becomes.quickReply, payload: 'Yes' } } : becomes] })
})

test.each([
  {
    kind: 'a list picker',
    part: { contentType: 'ListPicker', listPicker: { receivedMessage: { title: 'Which size?' }, sections: [{ title: 'Sizes', multipleSelection: false, items: [{ id: 's', title: 'Small' }] }] } },
    words: 'Which size?\nSizes\n• Small',
  },
  {
    kind: 'a form',
    part: { contentType: 'Form', form: { formPages: [{ title: 'You', pageComponents: [{ formComponentType: 'Input', input: { id: 'n', title: 'Name', isRequired: true, isMultipleLine: false } }] }] } },
    words: 'You\n• Name',
  },
])('$kind, which native clients drop, is text to every client that did not ask for more', async ({ part, words }) => {
  await using edge = await openGuestEdge()
  const guest = await chatting(edge)

  const { body } = await sendContent(edge, guest, [part])

  expect(body).toMatchObject({ type: 'Text', text: words, content: [{ contentType: part.contentType }] })
})

test('content whose text says it all keeps its own text', async () => {
  await using edge = await openGuestEdge()
  const guest = await chatting(edge)

  const { body } = await sendContent(edge, guest, [{ contentType: 'ListPicker', listPicker: { sections: [] } }], 'Pick one')

  expect(body).toMatchObject({ type: 'Text', text: 'Pick one' })
})

const yes = { text: 'Yes please', payload: 'yes', type: 'QuickReply', originatingMessageId: 'ab12' }
const answers = [
  { id: 'name', component: { contentType: 'ButtonResponse', buttonResponse: { type: 'Form', text: 'Ada', payload: 'Ada' } } },
  { id: 'note', component: { contentType: 'ButtonResponse', buttonResponse: { type: 'Form', text: '', payload: '' } } },
  { id: 'size', component: { contentType: 'ButtonResponse', buttonResponse: { type: 'Form', text: 'Small', payload: 's' } } },
]

test.each([
  { reply: 'a quick reply without text', message: { type: 'Text', text: '', content: [{ contentType: 'ButtonResponse', buttonResponse: yes }] }, text: 'Yes please' },
  { reply: 'a quick reply with its label', message: { type: 'Structured', text: 'Yes please', content: [{ contentType: 'ButtonResponse', buttonResponse: yes }] }, text: 'Yes please' },
  { reply: 'a card button', message: { type: 'Structured', text: 'Take it', content: [{ contentType: 'ButtonResponse', buttonResponse: { ...yes, text: 'Take it', type: 'Button' } }] }, text: 'Take it' },
  { reply: 'a time slot', message: { type: 'Structured', content: [{ contentType: 'ButtonResponse', buttonResponse: { type: 'DatePicker', text: '', payload: '2026-03-05T09:00:00Z', originatingMessageId: 'ab12' } }], metadata: { parentMessageId: 'ab12' } }, text: '2026-03-05T09:00:00Z' },
  { reply: 'a choice of several', message: { type: 'Structured', content: ['Small', 'Blue'].map((text) => ({ contentType: 'ButtonResponse', buttonResponse: { ...yes, text, type: 'ListPicker' } })) }, text: 'Small, Blue' },
  { reply: 'a form', message: { type: 'Structured', text: '', content: [{ contentType: 'Form', form: { originatingMessageId: 'ab12', cannedResponseId: 'c1', response: answers } }] }, text: 'name: Ada\nsize: Small' },
  { reply: 'a form with thanks', message: { type: 'Structured', text: 'Thanks', content: [{ contentType: 'Form', form: { originatingMessageId: 'ab12', response: answers } }] }, text: 'Thanks' },
])('$reply is in the log in words, and comes back whole to every device', async ({ message, text }) => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  const ack = await guest.say('', { message })
  const { id, contactId } = await edge.conversationOf(guest)
  const entry = (await edge.world.store.entries(id, { limit: 10 })).at(-1)

  expect(ack).toMatchObject({ code: 200, body: { direction: 'Inbound', content: message.content, originatingMessageId: 'ab12' } })
  expect(entry).toMatchObject({ kind: 'message', text, contactId: toId(contactId), content: message.content })
})

test('an answer that lacks what others need to read it gets it, and one without a kind is refused', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  const reply = (buttonResponse: object): Promise<Frame> => guest.say('', { message: { type: 'Text', text: '', content: [{ contentType: 'ButtonResponse', buttonResponse }] } })

  expect((await reply({ text: 'Yes', type: 'QuickReply' })).body).toMatchObject({ text: 'Yes', content: [{ buttonResponse: { text: 'Yes', payload: 'Yes', type: 'QuickReply' } }] })
  expect(await reply({ text: 'Yes', payload: 'yes' })).toMatchObject({ code: 400, body: expect.stringContaining('ButtonResponse') })
})

test('what is not for guests to send is left out of their message', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  const ack = await guest.say('hello', { message: { type: 'Structured', text: 'look', content: [{ contentType: 'Card', card: {} }] } })
  const empty = await guest.say('', { message: { type: 'Structured', content: [{ contentType: 'Card', card: {} }] } })

  expect(ack.body).toMatchObject({ type: 'Text', text: 'look' })
  expect(ack.body['content']).toBeUndefined()
  expect(empty.code).toBe(4020)
})
