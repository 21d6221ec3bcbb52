import { expect, test } from 'vitest'
import { createSingleFlight } from './single-flight.ts'

/** Notes which deeds begin, each of which lasts until it is let go. */
function aDesk() {
  const singly = createSingleFlight()
  const begun: string[] = []
  const ends: (() => void)[] = []
  const failures: ((reason: Error) => void)[] = []
  return {
    begun,
    ask: (key: string, deed: string): Promise<void> =>
      singly(key, deed, () => {
        begun.push(`${deed} ${key}`)
        return new Promise((resolve, reject) => {
          ends.push(resolve)
          failures.push(reject)
        })
      }),
    end: (at: number): void => ends[at]?.(),
    fail: (at: number): void => failures[at]?.(new Error('away')),
  }
}

test('who asks while the same is done gets one more run after it, with all others who asked', async () => {
  const desk = aDesk()
  const first = desk.ask('k1', 'refresh')
  const second = desk.ask('k1', 'refresh')
  const third = desk.ask('k1', 'refresh')
  expect(desk.begun).toEqual(['refresh k1'])

  desk.end(0)
  await first
  await expect.poll(() => desk.begun).toEqual(['refresh k1', 'refresh k1'])
  desk.end(1)

  await Promise.all([second, third])
  expect(desk.begun).toHaveLength(2)
})

test('who asks for something else is not put off with what another asked for', async () => {
  const desk = aDesk()
  void desk.ask('list', 'load')
  void desk.ask('list', 'load more')
  const anew = desk.ask('list', 'load')

  desk.end(0)
  await expect.poll(() => desk.begun).toEqual(['load list', 'load more list'])
  desk.end(1)
  await expect.poll(() => desk.begun).toEqual(['load list', 'load more list', 'load list'])
  desk.end(2)

  await anew
})

test('who asks about another does not wait', () => {
  const desk = aDesk()

  void desk.ask('k1', 'refresh')
  void desk.ask('k2', 'refresh')

  expect(desk.begun).toEqual(['refresh k1', 'refresh k2'])
})

test('what fails is told to whoever asked for it, and the next begins all the same', async () => {
  const desk = aDesk()
  const first = desk.ask('k1', 'refresh')
  const second = desk.ask('k1', 'refresh')

  desk.fail(0)
  await expect(first).rejects.toThrow('away')
  await expect.poll(() => desk.begun).toHaveLength(2)
  desk.end(1)

  await second
})
