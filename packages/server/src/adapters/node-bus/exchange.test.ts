import { createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createExchange } from './exchange.ts'
import type { NodeMessage } from './node-message.ts'
import { createWireHub } from './testing/wire-hub.ts'

function anExchange() {
  const wire = createWireHub(createFakeTimers(createFakeClock())).join('here')
  const outcomes: string[] = []
  const heard: NodeMessage[] = []
  let missed = 0
  const exchange = createExchange({ wire, node: 'here', metrics: { said: (outcome) => outcomes.push(outcome), heard: (outcome) => outcomes.push(outcome) } })
  exchange.subscribe({ heard: (message) => heard.push(message), missed: () => void (missed += 1) })
  return { wire, exchange, outcomes, heard, missed: () => missed }
}

const hello = { kind: 'hello' } as const

function envelope(given: object = {}): string {
  return JSON.stringify({ v: 2, node: 'there', to: 'all', n: 1, says: hello, ...given })
}

test.each([
  ['of a newer release', envelope({ v: 3, says: { kind: 'news' } }), 'unknown_version'],
  ['without a version', '{}', 'unreadable'],
  ['no JSON', 'hello', 'unreadable'],
  ['no object', 'null', 'unreadable'],
  ['of an unknown kind', envelope({ says: { kind: 'news' } }), 'unreadable'],
  ['a hint of an unknown kind', envelope({ says: { kind: 'hint', hint: { kind: 'news' } } }), 'unreadable'],
  ['a hint without its batch', envelope({ says: { kind: 'hint', hint: { kind: 'committed' } } }), 'unreadable'],
  ['a batch of something else', envelope({ says: { kind: 'hint', hint: { kind: 'committed', batch: [{}] } } }), 'unreadable'],
  ['a count of nothing', envelope({ says: { kind: 'roll', part: 'first', counts: [['ana', 'many']] } }), 'unreadable'],
  ['from nobody', envelope({ node: undefined }), 'unreadable'],
  ['counted in words', envelope({ n: 'one' }), 'unreadable'],
  ['not counted', envelope({ n: undefined }), 'unreadable'],
  ['to nobody', envelope({ to: undefined }), 'unreadable'],
  ['said to another, and repeated here', envelope({ to: 'elsewhere' }), 'repeated'],
  ['a hint with a span of words', envelope({ says: { kind: 'hint', hint: { kind: 'committed', batch: [], span: { from: 'here', to: 'there' } } } }), 'unreadable'],
])('what is %s is passed over and counted', (_, text, outcome) => {
  const { wire, outcomes, heard } = anExchange()

  wire.say(text)
  wire.say(envelope())

  expect(outcomes).toEqual([outcome, 'taken'])
  expect(heard).toEqual([hello])
})

test('what comes twice is heard once, and what is missing is noticed, heard late, and noticed no more', () => {
  const { wire, outcomes, heard, missed } = anExchange()

  for (const n of [4, 5, 5, 8, 7, 7, 9]) wire.say(envelope({ n, says: { kind: 'wake', from: n, to: n } }))

  expect(heard).toEqual([4, 5, 8, 7, 9].map((n) => ({ kind: 'wake', from: n, to: n })))
  expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(2)
  expect(missed()).toBe(1)
})

test('one does not hear oneself, and what is too long is not said', () => {
  const { wire, exchange, heard } = anExchange()

  wire.say(envelope({ node: 'here' }))

  expect(heard).toEqual([])
  const long = { kind: 'hint', hint: { kind: 'typing', typing: { name: 'ü'.repeat(1_000_000) } as never } } as const
  expect(exchange.say(long, ['there'])).toEqual({ outcome: 'too_long', unheard: ['there'] })
  expect(exchange.say(hello)).toEqual({ outcome: 'sent', unheard: [] })
  wire.goDown()
  expect(exchange.say(hello)).toEqual({ outcome: 'dropped', unheard: [] })
  expect(exchange.say(hello, ['there', 'elsewhere'])).toEqual({ outcome: 'dropped', unheard: ['there', 'elsewhere'] })
})

test('a node that was forgotten is counted on for, so that it does not take what it is told for a repetition', () => {
  const { wire, exchange } = anExchange()
  const counted = (): unknown => (JSON.parse(wire.sent.at(-1) ?? '') as { readonly n: unknown }).n

  for (let times = 0; times < 3; times += 1) exchange.say(hello, ['there'])
  expect(counted()).toBe(3)
  exchange.say(hello, Array.from({ length: 2000 }, (_, index) => `node ${String(index)}`))
  exchange.say(hello, ['there'])

  expect(counted()).toBeGreaterThan(3)
})
