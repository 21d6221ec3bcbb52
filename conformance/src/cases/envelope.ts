import { section } from '../run/case.ts'
import { absent, anErrorCode, aText, expectShape } from '../run/expect.ts'
import type { Guest } from '../wire/guest.ts'
import { brief } from '../wire/json.ts'

/** Sends what is no request, and finds the refusal: class string, and the socket still there. */
async function expectRefused(guest: Guest, text: string, code: number): Promise<void> {
  const before = guest.frames.length
  guest.raw.send(text)
  const refusal = await guest.until(`a refusal of ${text}`, (frame) => frame['class'] === 'string' && guest.frames.indexOf(frame) >= before)
  expectShape(`the refusal of ${text}`, refusal, { type: 'response', code, body: aText })
  await guest.settled()
}

export const envelope = [
  ...section('2.1', {
    'unknown fields are accepted at every level': async ({ open, deploymentId, aText }) => {
      const guest = await open()
      expectShape('the answer', await guest.ask({ action: 'configureSession', deploymentId, future: { a: [1] } }), { class: 'SessionResponse' })
      const answer = await guest.ask({ action: 'onMessage', future: true, message: { type: 'Text', text: aText(), future: { b: 2 }, channel: { future: 1, metadata: {} } } })
      expectShape('the acknowledgement', answer, { class: 'StructuredMessage' })
    },
    'fields come in any order': async ({ open, deploymentId }) => {
      const guest = await open()
      guest.raw.send(JSON.stringify({ tracingId: 'last first', deploymentId, startNew: false, token: guest.token, action: 'configureSession' }))
      expectShape('the answer', await guest.until('an answer', (frame) => frame['tracingId'] === 'last first'), { class: 'SessionResponse' })
    },
    'tracingId stands on the frame that answers, untouched': async ({ open }) => {
      const guest = await open()
      const tracingId = 'any text at all: é ☂ "quoted" {x}'
      expectShape('the answer', await guest.configure({ tracingId }), { class: 'SessionResponse', tracingId })
    },
    'a request without tracingId is answered all the same': async ({ open, deploymentId }) => {
      const guest = await open()
      guest.raw.send(JSON.stringify({ action: 'configureSession', deploymentId, token: guest.token }))
      expectShape('the answer', await guest.until('an answer', () => true), { class: 'SessionResponse', tracingId: absent })
    },
    'a message without a token is refused, and the socket stays': async ({ enter }) => {
      const guest = await enter()
      guest.raw.send(JSON.stringify({ action: 'onMessage', tracingId: 'no token', message: { type: 'Text', text: 'whose?' } }))
      expectShape('the refusal', await guest.until('a refusal', (frame) => frame['tracingId'] === 'no token'), { class: 'string', code: anErrorCode })
      await guest.settled()
    },
  }),
  ...section('6.9', {
    'what is not JSON is refused with 400, and the socket stays': async ({ enter }) => expectRefused(await enter(), '{"action":"configureSession",', 400),
    'JSON that is no object is refused with 400, and the socket stays': async ({ enter }) => expectRefused(await enter(), '["configureSession"]', 400),
    'a request without an action is refused with 400': async ({ enter }) => {
      const guest = await enter()
      expectShape('the refusal', await guest.ask({}), { class: 'string', type: 'response', code: 400 })
    },
    'an unknown action is refused with 400 and its tracingId, and the socket stays': async ({ enter }) => {
      const guest = await enter()
      expectShape('the refusal', await guest.ask({ action: 'makeCoffee' }), { class: 'string', type: 'response', code: 400, body: aText })
      await guest.settled()
    },
    'garbage before configuring does no harm': async ({ open }) => {
      const guest = await open()
      await expectRefused(guest, 'hello?', 400)
      expectShape('the answer to configureSession', await guest.configure(), { class: 'SessionResponse', body: { connected: true } })
    },
  }),
  ...section('6.13', {
    'disconnectCustomer, which no client sends, is answered 400': async ({ enter }) => {
      expectShape('the answer', await (await enter()).ask({ action: 'disconnectCustomer' }), { class: 'string', code: 400 })
    },
    'resumeToken, which no client sends, is answered 400': async ({ enter }) => {
      expectShape('the answer', await (await enter()).ask({ action: 'resumeToken' }), { class: 'string', code: 400 })
    },
  }),
  ...section('6.10', {
    'a message before configuring is answered 4007': async ({ open }) => {
      expectShape('the answer', await (await open()).say('too early'), { class: 'string', type: 'response', code: 4007 })
    },
    'a message with another token than the configured one is answered 4007': async ({ enter }) => {
      const guest = await enter()
      const answer = await guest.ask({ action: 'onMessage', token: '7d444840-9dc0-41d1-b245-5ffdce74fad2', message: { type: 'Text', text: 'as somebody else' } })
      expectShape('the answer', answer, { class: 'string', code: 4007 })
    },
  }),
  ...section('6.31', {
    'a tracingId used twice makes two messages': async ({ enter, aText, historyOf }) => {
      const guest = await enter()
      const texts = [aText(), aText()]
      for (const text of texts) {
        guest.send({ action: 'onMessage', tracingId: 'the same', message: { type: 'Text', text } })
        await guest.until(`an acknowledgement of ${text}`, (frame) => brief(frame, 10_000).includes(text))
      }
      expectShape('the history', await historyOf(guest), { total: (total: unknown) => Number(total) >= 2, entities: [{ text: texts[1] }, { text: texts[0] }] })
    },
  }),
]
