import { describe, expect, test } from 'vitest'
import { aRoughVisit, anOrdinaryVisit, sayings } from './testing/broad-scenario.ts'
import { mobileTransport } from './testing/decoders/mobile-transport.ts'
import { browserSdk, javaSdk, openTester, smallBuffer } from './testing/decoders/other-clients.ts'
import type { Check, Faults } from './testing/decoders/shape.ts'

const visits = [['an ordinary visit', anOrdinaryVisit], ['a rough visit', aRoughVisit]] as const

function faultsOf(check: Check, texts: readonly string[]): Faults {
  return texts.flatMap((frame) => check(JSON.parse(frame), 'frame').map((fault) => `${fault}: ${frame.slice(0, 300)}`))
}

const classesIn = (texts: readonly string[]): readonly string[] => [...new Set(texts.map((frame) => (JSON.parse(frame) as { class: string }).class))]

describe.each(visits)('%s:', (_name, visit) => {
  test.each([['the mobile transport', mobileTransport], ['the SDK in Java', javaSdk], ['the SDK for pages', browserSdk]] as const)('every frame can be read by %s', async (_, decoder) => {
    const { texts } = await visit()
    expect(faultsOf(decoder, texts)).toEqual([])
  })

  test('no frame is larger than the smallest buffer', async () => {
    const { texts } = await visit()
    expect(texts.flatMap(smallBuffer)).toEqual([])
  })

  test('each message has a time of its own', async () => {
    const { texts } = await visit()
    const messages = texts.map((frame) => JSON.parse(frame) as { type: string; body: { type?: string; id: string; channel?: { time: string } } })
    const times = new Map(messages.filter(({ type, body }) => type === 'message' && body.channel && body.type !== 'Event').map(({ body }) => [body.id, body.channel?.time]))
    expect(new Set(times.values()).size).toBe(times.size)
  })
})

test('a visit on which nothing goes wrong can be followed by a tester that ends on the first code other than 200', async () => {
  const { texts } = await anOrdinaryVisit()
  expect(faultsOf(openTester, texts)).toEqual([])
})

test('both visits together have heard every class of frame that a client without additions gets', async () => {
  const heard = classesIn([...(await anOrdinaryVisit()).texts, ...(await aRoughVisit()).texts])
  expect(heard.toSorted()).toEqual([
    'ConnectionClosedEvent', 'GetConfigurationResponse', 'JwtResponse', 'SessionClearedEvent', 'SessionExpiredEvent', 'SessionResponse', 'StructuredMessage',
    'TooManyRequestsErrorMessage', 'string',
  ])
})

test('what a business says is all there, unless it is too large for the smallest buffer', async () => {
  const { texts } = await anOrdinaryVisit()
  const outbound = texts.map((frame) => JSON.parse(frame) as { body: { text?: string; direction?: string; content?: unknown[]; metadata?: object } }).filter(({ body }) => body.direction === 'Outbound')
  const withText = (start: string): (typeof outbound)[number]['body'] | undefined => outbound.find(({ body }) => body.text?.startsWith(start))?.body

  for (const { text } of sayings.filter(({ text }) => text !== '' && !text.startsWith('\u0001'))) expect(withText(text.slice(0, 4096))).toBeDefined()
  expect(withText('😀')?.metadata).toEqual({ ticket: '4711' })
  expect(withText('"')?.content).toHaveLength(1)
  expect(withText('with notes')?.metadata).toBeUndefined()
  expect(withText('\\')?.text).toContain('x'.repeat(400))
})

describe('the decoders themselves', () => {
  const message = { id: '1', type: 'Text', direction: 'Outbound', channel: { time: '2026-03-04T10:11:20.001Z', type: 'Private' } }
  const frame = (body: object, more: object = {}): object => ({ type: 'message', class: 'StructuredMessage', code: 200, body, ...more })

  test.each([
    ['metadata that is no text', mobileTransport, frame({ ...message, metadata: { n: 1 } })],
    ['an unknown presence', mobileTransport, frame({ ...message, events: [{ eventType: 'Presence', presence: { type: 'SessionExpired' } }] })],
    ['an unknown class', mobileTransport, frame({}, { class: 'History' })],
    ['a missing body', mobileTransport, { type: 'message', class: 'SessionExpiredEvent', code: 200 }],
    ['a number with a fraction', mobileTransport, frame({ jwt: 'x', exp: 1.5 }, { class: 'JwtResponse' })],
    ['a tracingId on what the business said', mobileTransport, frame(message, { tracingId: 'x' })],
    ['a card without description', mobileTransport, frame({ ...message, type: 'Structured', content: [{ contentType: 'Card', card: { title: 'a', actions: [] } }] })],
    ['structure without any that is known', mobileTransport, frame({ ...message, type: 'Structured', content: [{ contentType: 'Form' }] })],
    ['a null', mobileTransport, frame({ ...message, text: null })],
    ['a 429 without name', javaSdk, { type: 'response', class: 'TooManyRequestsErrorMessage', code: 429, body: { retryAfter: 1, errorCode: 4029, errorMessage: 'x' } }],
    ['one reason of two', javaSdk, frame({ reason: 'signedIn' }, { class: 'ConnectionClosedEvent' })],
    ['a time without milliseconds', browserSdk, frame({ ...message, channel: { time: '2026-03-04T10:11:20Z' } })],
    ['a message without time', openTester, frame({ ...message, channel: {} })],
    ['a code that is not 200', openTester, frame(message, { code: 409 })],
  ] as const)('see %s', (_, decoder, value) => {
    expect(decoder(value, 'frame')).not.toEqual([])
  })

  test('see a frame that is too large', () => {
    expect(smallBuffer('x'.repeat(16_385))).toHaveLength(1)
  })
})
