import { milliseconds, must, toId, type ContactId } from '@beckon/core'
import { createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { presenceContract } from '@beckon/core/testing/contracts/presence'
import { expect, test } from 'vitest'
import { createExchange } from './exchange.ts'
import { createNodePresence } from './node-presence.ts'
import { someNodes, type SomeNodes } from './testing/some-nodes.ts'
import { createWireHub } from './testing/wire-hub.ts'

presenceContract(() => {
  const clock = createFakeClock()
  const timers = createFakeTimers(clock)
  const silent = { said: () => undefined, heard: () => undefined, others: () => undefined }
  const exchange = createExchange({ wire: createWireHub(timers).join('a'), node: 'a', metrics: silent })
  return createNodePresence({ exchange, clock, timers, metrics: silent })
})

const ana = toId<'contact'>('ana')
const ben = toId<'contact'>('ben')

function countedBy({ nodes }: SomeNodes, contactId: ContactId): readonly number[] {
  return nodes.map(({ presence }) => presence.connections(contactId))
}

test('every node counts the sockets of all, soon after they come and go', async () => {
  const world = await someNodes(['a', 'b', 'c'])
  const [a, b] = world.nodes

  a?.presence.enter(ana)
  b?.presence.enter(ana)
  b?.presence.enter(ana)
  await world.pass(100)
  expect(countedBy(world, ana)).toEqual([3, 3, 3])

  b?.presence.leave(ana)
  a?.presence.leave(ana)
  await world.pass(100)
  expect(countedBy(world, ana)).toEqual([1, 1, 1])
})

test('what the wire lost is made good within a few beats', async () => {
  const world = await someNodes(['a', 'b'])
  const [a] = world.nodes
  world.hub.fate = () => []
  a?.presence.enter(ana)
  a?.presence.enter(ben)
  await world.pass(1000)
  expect(countedBy(world, ana)).toEqual([1, 0])

  world.hub.fate = () => [milliseconds(0)]
  await world.pass(6500)

  expect(countedBy(world, ana)).toEqual([1, 1])
  expect(countedBy(world, ben)).toEqual([1, 1])
})

test('a node that comes later learns of everybody, in parts where the wire is narrow', async () => {
  const world = await someNodes(['a', 'b'], { maxBytes: 1000 })
  const [a, b] = world.nodes
  b?.wire.goDown()
  const crowd = Array.from({ length: 100 }, (_, n) => toId<'contact'>(`01900000-0000-7000-8000-${String(n).padStart(12, '0')}`))
  for (const contactId of crowd) a?.presence.enter(contactId)
  await world.pass(12_000)
  expect(b?.presence.connections(must(crowd[0], 'somebody'))).toBe(0)

  b?.wire.comeUp()
  await world.pass(100)

  expect(crowd.filter((contactId) => b?.presence.connections(contactId) !== 1)).toEqual([])
  expect(Math.max(...(a?.wire.sent ?? []).map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(1000)
})

test('a node that dies takes its sockets along after ten seconds, and one that leaves at once', async () => {
  const world = await someNodes(['a', 'b', 'c'])
  const [a, b, c] = world.nodes
  b?.presence.enter(ana)
  c?.presence.enter(ben)
  await world.pass(100)
  expect(a?.counted.others).toBe(2)

  b?.wire.goDown()
  c?.presence[Symbol.dispose]()
  await world.pass(100)
  expect(countedBy(world, ana)[0]).toBe(1)
  expect(countedBy(world, ben)[0]).toBe(0)
  await world.pass(14_000)

  expect(countedBy(world, ana)[0]).toBe(0)
  expect(a?.counted.others).toBe(0)
})

test('while nobody comes or goes, a node says no more than that it lives', async () => {
  const world = await someNodes(['a', 'b'])
  const [a] = world.nodes
  a?.presence.enter(ana)
  await world.pass(5000)
  const before = a?.wire.sent.length ?? 0

  await world.pass(30_000)

  expect(a?.wire.sent.slice(before).filter((text) => !text.includes('"kind":"beat"'))).toEqual([])
  expect((a?.wire.sent.length ?? 0) - before).toBe(10)
})

test('what is attended to is told in few bytes, whatever it is called', async () => {
  const world = await someNodes(['a', 'b'], { maxBytes: 8000 })
  const [a, b] = world.nodes
  for (let n = 0; n < 300; n += 1) a?.bus.attend(toId<'conversation'>(`${'\u6f22'.repeat(60)}${String(n)}`))
  a?.presence.enter(ana)

  await world.pass(100)

  expect(countedBy(world, ana)).toEqual([1, 1])
  expect([...(b?.presence.others() ?? [])].map(({ roll }) => roll.get(ana))).toEqual([1])
})
