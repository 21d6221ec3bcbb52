import { createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createWireHub } from '../node-bus/testing/wire-hub.ts'
import { createSignedWire } from './signed-wire.ts'

/** Two nodes of one installation, and what the bus itself carries between them. */
function twoNodes() {
  const clock = createFakeClock()
  const timers = createFakeTimers(clock)
  const hub = createWireHub(timers)
  const [bus, other] = [hub.join('a', 1000), hub.join('b', 1000)]
  const key = new Uint8Array(32).fill(1)
  const heard: string[] = []
  let forged = 0
  const a = createSignedWire({ wire: bus, key, onForged: () => undefined })
  const b = createSignedWire({ wire: other, key, onForged: () => void (forged += 1) })
  b.subscribe({ heard: (text) => heard.push(text) })
  return { a, bus, other, heard, forged: () => forged, arrive: () => clock.advance(1 as never) }
}

test('what a node with the key says is heard as it was said, to the last character', () => {
  const { a, heard, forged, arrive } = twoNodes()

  for (const text of ['{"v":1}', '', 'Grüße 🦆 \u2028', 'x'.repeat(900)]) a.send(text)
  arrive()

  expect(heard).toEqual(['{"v":1}', '', 'Grüße 🦆 \u2028', 'x'.repeat(900)])
  expect(forged()).toBe(0)
})

test.each([
  ['in clear text', () => '{"v":1,"node":"c","says":{"kind":"hello"}}'],
  ['by nobody', () => ''],
  ['with a signature and other words', (signed: string) => signed.replace('hello', 'bye!!')],
  ['with words and no whole signature', (signed: string) => signed.slice(1)],
  ['with a signature of letters outside of its alphabet', (signed: string) => `${'ü'.repeat(22)}${signed.slice(22)}`],
  ['with another key', () => signedWithAnother('hello')],
])('what was said %s is not heard, and counted', (_, forge) => {
  const { a, bus, other, heard, forged } = twoNodes()
  a.send('hello')

  other.say(forge(bus.sent[0] ?? ''))

  expect(heard).toEqual([])
  expect(forged()).toBe(1)
})

test('leaves room for its signature', () => {
  const { a, bus } = twoNodes()

  a.send('x'.repeat(a.maxBytes))

  expect(Buffer.byteLength(bus.sent[0] ?? '')).toBe(bus.maxBytes)
})

function signedWithAnother(text: string): string {
  const wire = createWireHub(createFakeTimers(createFakeClock())).join('c')
  createSignedWire({ wire, key: new Uint8Array(32).fill(2), onForged: () => undefined }).send(text)
  return wire.sent[0] ?? ''
}
