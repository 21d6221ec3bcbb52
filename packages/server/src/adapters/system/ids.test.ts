import { instant } from '@beckon/core'
import { expect, test } from 'vitest'
import { createIdSource } from './ids.ts'

const moment = 0x0198a3c27d10

test('an id is a UUIDv7 of its moment', () => {
  const ids = createIdSource({ now: () => instant(moment) })

  expect(ids.next()).toMatch(/^0198a3c2-7d10-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids of one millisecond sort in the order they were made, far past the counter', () => {
  const ids = createIdSource({ now: () => instant(moment) })

  const made = Array.from({ length: 10_000 }, () => ids.next())

  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
})

test('ids keep their order when the clock goes back', () => {
  const moments = [moment, moment - 5000, moment + 1]
  const ids = createIdSource({ now: () => instant(moments.shift() ?? moment) })

  const made = [ids.next(), ids.next(), ids.next()]

  expect(made.toSorted()).toEqual(made)
})

test('two processes in the same millisecond do not make the same id', () => {
  const [ours, theirs] = [idsOfOneProcess(), idsOfOneProcess()]

  expect(new Set([...ours, ...theirs]).size).toBe(2000)
})

function idsOfOneProcess(): readonly string[] {
  const ids = createIdSource({ now: () => instant(moment) })
  return Array.from({ length: 1000 }, () => ids.next())
}
