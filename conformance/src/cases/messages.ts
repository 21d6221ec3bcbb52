import { section } from '../run/case.ts'
import { absent, aText, aUtcMomentWithMilliseconds, emptyOrAbsent, expectEqual, expectShape, expectThat } from '../run/expect.ts'
import { saysText } from '../run/world.ts'
import type { Guest } from '../wire/guest.ts'
import { at, textAt, type Json } from '../wire/json.ts'

const acknowledged = { type: 'message', class: 'StructuredMessage', code: 200 }
const inbound = { direction: 'Inbound', id: aText, channel: { time: aUtcMomentWithMilliseconds } }

const acknowledgement = section('3.3', {
  'the acknowledgement is the message itself: Inbound, with its text and the tracingId': async ({ enter, aText: newText }) => {
    const guest = await enter()
    const text = newText()
    const answer = await guest.ask({ action: 'onMessage', tracingId: 'X1', message: { type: 'Text', text } })
    expectShape('the acknowledgement', answer, { ...acknowledged, tracingId: 'X1', body: { ...inbound, type: 'Text', text } })
  },
  'the acknowledgement names a private channel and a human': async ({ enter }) => {
    const humanOrAbsent = (value: unknown): boolean => value === undefined || value === 'Human'
    expectShape('the acknowledgement', await (await enter()).say('hello'), { body: { channel: { type: 'Private' }, originatingEntity: humanOrAbsent } })
  },
  'a message without tracingId is acknowledged too': async ({ enter, aText: newText }) => {
    const guest = await enter()
    const text = newText()
    guest.send({ action: 'onMessage', message: { type: 'Text', text } })
    expectShape('the acknowledgement', await guest.until('the acknowledgement', saysText(text)), { ...acknowledged, tracingId: absent, body: inbound })
  },
  'every message has an id and a moment of its own': async ({ enter }) => {
    const guest = await enter()
    const acks = await Promise.all(['one', 'two', 'three', 'four'].map((text) => guest.say(text)))
    for (const path of ['body.id', 'body.channel.time']) {
      const values = acks.map((ack) => textAt(ack, path))
      expectThat(`four different ${path}`, new Set(values).size === 4, values)
    }
  },
  'each connection of the session gets the message, with one id and one moment': async ({ enter, aText: newText }) => {
    const guest = await enter()
    const other = await enter({ token: guest.token })
    const text = newText()
    const [ack, seen] = await Promise.all([guest.say(text), other.until('the message', saysText(text))])
    expectShape('the message at the other connection', seen, { ...acknowledged, body: { id: at(ack, 'body.id'), channel: { time: at(ack, 'body.channel.time') }, direction: 'Inbound' } })
  },
  'a text comes back as it was, whatever it is written in': async ({ enter }) => {
    const guest = await enter()
    for (const text of ['naïve café, 東京, مرحبا', '👩‍👩‍👧 🏳️‍🌈', 'two\nlines\tand "quotes" \\ <b>&amp;</b>']) {
      expectShape('the acknowledgement', await guest.say(text), { body: { text } })
    }
  },
})

const order = section('4.13', {
  'messages sent in one go are acknowledged in their order': async ({ enter }) => {
    const guest = await enter()
    const texts = ['1', '2', '3', '4', '5']
    const acks = await Promise.all(texts.map((text) => guest.say(text)))
    const came = guest.frames.filter((frame) => acks.includes(frame)).map((frame) => at(frame, 'body.text'))
    expectEqual('the order', came, texts)
  },
  'two connections see the same messages in the same order': async ({ enter }) => {
    const one = await enter()
    const other = await enter({ token: one.token })
    await Promise.all([one.say('a'), other.say('b'), one.say('c'), other.say('d')])
    await Promise.all([one.settled(), other.settled()])
    const idsOf = (guest: Guest): readonly string[] => guest.frames.filter((frame) => frame['class'] === 'StructuredMessage' && frame['type'] === 'message').map((frame) => textAt(frame, 'body.id'))
    expectEqual('the order at the other connection', idsOf(other), idsOf(one))
  },
  'a message is acknowledged before anything that answers it': async ({ conversing, aText: newText, backend }) => {
    const { guest, conversationId } = await conversing()
    const [question, answer] = [newText(), newText()]
    const ack = await guest.say(question)
    await backend().send(conversationId, { text: answer })
    const reply = await guest.until('the answer', saysText(answer))
    expectThat('the acknowledgement first', guest.frames.indexOf(ack) < guest.frames.indexOf(reply), guest.frames.length)
  },
})

const fields = [
  ...section('2.4', {
    'metadata comes back verbatim': async ({ enter }) => {
      const metadata = { customMessageId: 'c-1', id: 'x', parentMessageId: 'p-9' }
      expectShape('the acknowledgement', await (await enter()).say('with metadata', { metadata }), { body: { metadata } })
    },
    'custom attributes are taken inside the message': async ({ enter }) => {
      const answer = await (await enter()).say('gold', { channel: { metadata: { customAttributes: { tier: 'gold' } } } })
      expectShape('the acknowledgement', answer, acknowledged)
    },
    'custom attributes are taken beside the message': async ({ enter }) => {
      const guest = await enter()
      const request = { action: 'onMessage', channel: { metadata: { customAttributes: { tier: 'gold' } } }, message: { type: 'Text', text: 'gold' } }
      expectShape('the acknowledgement', await guest.ask(request), acknowledged)
    },
    'custom attributes in both places are merged without complaint': async ({ enter }) => {
      const guest = await enter()
      const inside = { metadata: { customAttributes: { tier: 'gold' } } }
      const beside = { metadata: { customAttributes: { shop: 'north' } } }
      expectShape('the acknowledgement', await guest.ask({ action: 'onMessage', channel: beside, message: { type: 'Text', text: 'both', channel: inside } }), acknowledged)
    },
    'a time on the request is accepted': async ({ enter }) => {
      const guest = await enter()
      expectShape('the acknowledgement', await guest.ask({ action: 'onMessage', time: '2026-03-04T10:11:12.345Z', message: { type: 'Text', text: 'timed' } }), acknowledged)
    },
    'an id of the client on the message is accepted': async ({ enter }) => {
      expectShape('the acknowledgement', await (await enter()).say('with id', { id: 'client-made' }), acknowledged)
    },
  }),
  ...section('6.8', {
    'a message without a type is a text': async ({ enter }) => {
      const guest = await enter()
      expectShape('the acknowledgement', await guest.ask({ action: 'onMessage', message: { text: 'typeless' } }), { ...acknowledged, body: { type: 'Text', text: 'typeless' } })
    },
  }),
]

const button = (type: string, more: Json = {}): Json => ({ contentType: 'ButtonResponse', buttonResponse: { text: 'Yes please', payload: 'yes', type, ...more } })
const reply = (type: string, text: string, content: readonly Json[], more: Json = {}): Json => ({ action: 'onMessage', message: { type, text, content, ...more } })
const echoed = (type: string): Json => ({ ...acknowledged, body: { ...inbound, content: [{ contentType: 'ButtonResponse', buttonResponse: { text: 'Yes please', payload: 'yes', type } }] } })

const replies = section('2.5', {
  'a quick reply of the mobile clients: Text without text': async ({ enter }) => {
    const guest = await enter()
    expectShape('the acknowledgement', await guest.ask(reply('Text', '', [button('QuickReply', { originatingMessageId: 'ab12' })])), echoed('QuickReply'))
  },
  'a quick reply of the browser client: Structured, the label as its text': async ({ enter }) => {
    const guest = await enter()
    expectShape('the acknowledgement', await guest.ask(reply('Structured', 'Yes please', [button('QuickReply')])), echoed('QuickReply'))
  },
  'a card’s button': async ({ enter }) => {
    const guest = await enter()
    expectShape('the acknowledgement', await guest.ask(reply('Structured', 'Yes please', [button('Button')])), echoed('Button'))
  },
  'a time slot of the mobile clients': async ({ enter }) => {
    const guest = await enter()
    const slot = button('DatePicker', { payload: '2026-03-05T09:00:00Z', originatingMessageId: 'ab12' })
    const content = [{ contentType: 'ButtonResponse', buttonResponse: { payload: '2026-03-05T09:00:00Z', type: 'DatePicker' } }]
    expectShape('the acknowledgement', await guest.ask(reply('Text', '', [slot], { originatingMessageId: 'ab12' })), { ...acknowledged, body: { content } })
  },
  'a time slot of the browser client, with parentMessageId in its metadata': async ({ enter }) => {
    const guest = await enter()
    const request = reply('Structured', 'Thursday at nine', [button('DatePicker')], { metadata: { parentMessageId: 'ab12' } })
    expectShape('the acknowledgement', await guest.ask(request), { ...acknowledged, body: { metadata: { parentMessageId: 'ab12' } } })
  },
  'several choices of a list picker in one message': async ({ enter }) => {
    const guest = await enter()
    const choices = [button('ListPicker', { payload: 'a' }), button('ListPicker', { payload: 'b' })]
    const content = ['a', 'b'].map((payload) => ({ buttonResponse: { payload, type: 'ListPicker' } }))
    expectShape('the acknowledgement', await guest.ask(reply('Structured', 'Two of them', choices, { originatingMessageId: 'ab12' })), { ...acknowledged, body: { content } })
  },
  'a form that was filled in': async ({ enter }) => {
    const guest = await enter()
    const response = [{ id: 'name', component: { contentType: 'ButtonResponse', buttonResponse: { text: 'Kim', payload: 'Kim', type: 'Form' } } }]
    const form = { contentType: 'Form', form: { originatingMessageId: 'ab12', cannedResponseId: 'c1', response } }
    expectShape('the acknowledgement', await guest.ask(reply('Structured', 'Form', [form])), acknowledged)
  },
  'a button of a type that older clients invented': async ({ enter }) => {
    const guest = await enter()
    expectShape('the acknowledgement', await guest.ask(reply('Structured', 'Yes please', [button('Postback')])), acknowledged)
  },
  'the business reads the label of a quick reply that has no text': async ({ conversing, backend }) => {
    const { guest, conversationId } = await conversing()
    await guest.ask(reply('Text', '', [button('QuickReply')]))
    const texts = await backend().textsOf(conversationId)
    expectEqual('the latest text', texts.at(-1), 'Yes please')
  },
})

const typing = (more: Json = {}): Json => ({ action: 'onMessage', message: { type: 'Event', events: [{ eventType: 'Typing', typing: { type: 'On', ...more } }] } })
const presence = (type: string, more: Json = {}): Json => ({ action: 'onMessage', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type } }], ...more } })

const events = [
  ...section('6.5', {
    'typing is not answered': async ({ enter }) => {
      const guest = await enter()
      guest.send({ ...typing(), tracingId: 'typing' })
      await guest.settled()
      expectThat('nothing for typing', !guest.frames.some((frame) => frame['tracingId'] === 'typing'), guest.frames)
    },
    'typing with a duration is not answered either': async ({ enter }) => {
      const guest = await enter()
      guest.send({ ...typing({ duration: 5000 }), tracingId: 'typing' })
      await guest.settled()
      expectThat('nothing for typing', !guest.frames.some((frame) => frame['tracingId'] === 'typing'), guest.frames)
    },
  }),
  ...section('6.29', {
    'the guest’s typing is not shown on their other devices': async ({ enter }) => {
      const guest = await enter()
      const other = await enter({ token: guest.token })
      const before = other.frames.length
      guest.send(typing())
      await guest.settled()
      await other.settled()
      const came = other.frames.slice(before).filter((frame) => textAt(frame, 'body.events.0.eventType') === 'Typing')
      expectThat('no typing at the other device', came.length === 0, came)
    },
  }),
  ...section('4.6', {
    'Join is acknowledged as an Inbound event with its tracingId': async ({ enter }) => {
      const guest = await enter()
      const ack = await guest.ask(presence('Join'))
      expectShape('the acknowledgement', ack, { ...acknowledged, body: { ...inbound, type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Join' } }], text: emptyOrAbsent } })
    },
    'Join may carry custom attributes': async ({ enter }) => {
      const guest = await enter()
      const ack = await guest.ask(presence('Join', { channel: { metadata: { customAttributes: { page: 'cart' } } } }))
      expectShape('the acknowledgement', ack, { ...acknowledged, body: { type: 'Event' } })
    },
    'a guest who joined writes on without trouble': async ({ enter }) => {
      const guest = await enter()
      await guest.ask(presence('Join'))
      expectShape('the acknowledgement', await guest.say('hello'), acknowledged)
    },
  }),
]

export const messages = [...acknowledgement, ...order, ...fields, ...replies, ...events]
