import { section } from '../run/case.ts'
import { absent, aText, aUtcMomentWithMilliseconds, expectShape, expectThat } from '../run/expect.ts'
import { saysText } from '../run/world.ts'
import { at, listAt, textAt, type Json } from '../wire/json.ts'

const outbound = { type: 'message', class: 'StructuredMessage', code: 200, tracingId: absent }
const hasContent = (kind: string) => (frame: Json): boolean => listAt(frame, 'body.content').some((part) => at(part, 'contentType') === kind)
const isTyping = (frame: Json): boolean => textAt(frame, 'body.events.0.eventType') === 'Typing'

export const fromTheBusiness = [
  ...section('3.3', {
    'an agent’s text comes as Outbound, named, and without a tracingId': async ({ conversing, backend, aText: newText }) => {
      const { guest, conversationId } = await conversing()
      const text = newText()
      await backend().send(conversationId, { text, from: 'Mira' })
      const body = { direction: 'Outbound', type: 'Text', id: aText, channel: { time: aUtcMomentWithMilliseconds, type: 'Private', from: { nickname: 'Mira' } }, originatingEntity: 'Human' }
      expectShape('the message', await guest.until('the message', saysText(text)), { ...outbound, body })
    },
    'a bot’s text says that it is a bot’s': async ({ conversing, backend, aText: newText }) => {
      const { guest, conversationId } = await conversing()
      const text = newText()
      await backend().send(conversationId, { text, isBot: true })
      expectShape('the message', await guest.until('the message', saysText(text)), { body: { originatingEntity: 'Bot' } })
    },
    'every connection gets what the business sends': async ({ conversing, enter, backend, aText: newText }) => {
      const { guest, conversationId } = await conversing()
      const other = await enter({ token: guest.token, deploymentId: guest.deploymentId })
      const text = newText()
      await backend().send(conversationId, { text })
      await Promise.all([guest, other].map((one) => one.until('the message', saysText(text))))
    },
  }),
  ...section('1.6', {
    'an agent’s text of 4000 characters comes whole': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing()
      const text = 'w'.repeat(4000)
      await backend().send(conversationId, { text })
      await guest.until('the long message', saysText(text))
    },
  }),
  ...section('3.4', {
    'quick replies come as Structured content with text and payload': async ({ conversing, backend, aText: newText }) => {
      const { guest, conversationId } = await conversing()
      const text = newText()
      await backend().send(conversationId, { text, content: ['Yes', 'No'].map((label) => ({ contentType: 'QuickReply', quickReply: { text: label, payload: label.toLowerCase(), action: 'Message' } })) })
      const content = [{ contentType: 'QuickReply', quickReply: { text: 'Yes', payload: 'yes' } }, { contentType: 'QuickReply', quickReply: { text: 'No', payload: 'no' } }]
      expectShape('the message', await guest.until('the quick replies', hasContent('QuickReply')), { ...outbound, body: { type: 'Structured', text, content } })
    },
    'a card has its description, and each action its type and text, even where the sender left them out': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing()
      const card = { title: 'Blue jacket', actions: [{ type: 'Link', url: 'https://shop.example/1', text: 'Look' }, { type: 'Postback', text: 'Buy', payload: 'buy' }] }
      await backend().send(conversationId, { text: 'One card', content: [{ contentType: 'Card', card }] })
      const content = [{ contentType: 'Card', card: { title: 'Blue jacket', description: (value: unknown) => typeof value === 'string', actions: [{ type: 'Link', text: 'Look' }, { text: 'Buy' }] } }]
      expectShape('the card', await guest.until('a card', hasContent('Card')), { body: { type: 'Structured', content } })
    },
    'a carousel has its cards': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing()
      const cards = ['One', 'Two'].map((title) => ({ title, description: `${title} of two`, actions: [{ type: 'Postback', text: 'Take it', payload: title }] }))
      await backend().send(conversationId, { text: 'Two cards', content: [{ contentType: 'Carousel', carousel: { cards } }] })
      expectShape('the carousel', await guest.until('a carousel', hasContent('Carousel')), { body: { type: 'Structured', content: [{ carousel: { cards: [{ title: 'One' }, { title: 'Two' }] } }] } })
    },
    'a date picker has a title and its times': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing()
      const datePicker = { title: 'When?', subtitle: 'Pick one', availableTimes: [{ dateTime: '2026-03-05T09:00:00.000Z', duration: 3600 }] }
      await backend().send(conversationId, { text: 'When?', content: [{ contentType: 'DatePicker', datePicker }] })
      expectShape('the date picker', await guest.until('a date picker', hasContent('DatePicker')), { body: { type: 'Structured', content: [{ datePicker }] } })
    },
  }),
  ...section('3.5', {
    'an agent’s typing comes as an Outbound event with a duration': async ({ conversing, backend }) => {
      const { guest, conversationId } = await conversing()
      await backend().showTyping(conversationId)
      const event = { eventType: 'Typing', typing: { type: 'On', duration: (value: unknown) => value === undefined || Number.isInteger(value) } }
      expectShape('the event', await guest.until('typing', isTyping), { ...outbound, body: { type: 'Event', direction: 'Outbound', events: [event] } })
    },
    'typing is not kept in history': async ({ conversing, backend, historyOf }) => {
      const { guest, conversationId } = await conversing()
      await backend().showTyping(conversationId)
      await guest.until('typing', isTyping)
      const entities = listAt(await historyOf(guest), 'entities')
      expectThat('no typing in history', !entities.some((entity) => isTyping({ body: entity })), entities)
    },
  }),
]
