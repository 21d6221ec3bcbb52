import { expect, test } from 'vitest'
import { createTelling } from './telling.ts'

test('batches that are answered out of turn are told of in the order of their places', () => {
  const { told, open } = createListening()
  const [first, second, third] = [open('first'), open('second'), open('third')]

  third.answered(7)
  second.answered(4)
  expect(told).toEqual([])
  first.answered(1)

  expect(told).toEqual(['first', 'second', 'third'])
})

test('a batch waits for nobody who is known to have a later place', () => {
  const { told, open } = createListening()
  const [one, other] = [open('one'), open('other')]

  other.ticket.placed(9)
  one.answered(3)
  expect(told).toEqual(['one'])

  other.answered(9)
  expect(told).toEqual(['one', 'other'])
})

test('a batch waits for nobody who asks for places when it has its own', () => {
  const { told, open } = createListening()
  const [early, late] = [open('early'), open('late')]
  early.ticket.placed(2)
  late.answered(5)
  const latest = open('latest')
  expect(told).toEqual([])

  early.tell()

  expect(told).toEqual(['early', 'late'])
  latest.answered(8)
  expect(told).toEqual(['early', 'late', 'latest'])
})

test('nobody waits any longer for a batch whose connection broke', () => {
  const { told, open } = createListening()
  const [broken, other] = [open('broken'), open('other')]
  other.answered(4)
  expect(told).toEqual([])

  broken.ticket.close()

  expect(told).toEqual(['other'])
})

function createListening() {
  const told: string[] = []
  const telling = createTelling()
  return {
    told,
    open(name: string) {
      const ticket = telling.open()
      const tell = (): void => ticket.tell(() => told.push(name))
      return {
        ticket,
        tell,
        answered(first: number) {
          ticket.placed(first)
          tell()
        },
      }
    },
  }
}
