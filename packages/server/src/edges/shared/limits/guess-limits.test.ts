import { createFakeClock } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createGuessLimits, type GuessLimits } from './guess-limits.ts'

const right = (): Promise<string> => Promise.resolve('in')
const wrong = (): Promise<undefined> => Promise.resolve(undefined)

function many(limits: GuessLimits, count: number, judge: () => Promise<string | undefined>, nameOf: (index: number) => string = () => 'crm') {
  return Promise.all(Array.from({ length: count }, (_, index) => limits.attempt('10.0.0.1', nameOf(index), judge)))
}

test('any number of right secrets at once get in', async () => {
  const limits = createGuessLimits(createFakeClock())

  expect(await many(limits, 300, right)).toEqual(Array.from({ length: 300 }, () => ({ judged: 'in' })))
})

test('of a thousand guesses at once ten are looked at', async () => {
  const limits = createGuessLimits(createFakeClock())
  let looks = 0

  const attempts = await many(limits, 1000, () => {
    looks += 1
    return wrong()
  })

  expect(looks).toBe(10)
  expect(attempts.at(-1)).toEqual({ waitSeconds: 10 })
})

test('a hundred guesses over many names end what an address may try, but not for who got in from there before', async () => {
  const limits = createGuessLimits(createFakeClock())
  await limits.attempt('10.0.0.1', 'crm', right)
  await many(limits, 100, wrong, (index) => `name-${index}`)

  expect(await limits.attempt('10.0.0.1', 'another', right)).toEqual({ waitSeconds: 1 })
  expect(await limits.attempt('10.0.0.1', 'crm', right)).toEqual({ judged: 'in' })
  expect(await limits.attempt('10.0.0.2', 'another', right)).toEqual({ judged: 'in' })
})

test('who got in once may guess no more than anybody', async () => {
  const limits = createGuessLimits(createFakeClock())
  await limits.attempt('10.0.0.1', 'crm', right)
  await many(limits, 10, wrong)

  expect(await limits.attempt('10.0.0.1', 'crm', right)).toEqual({ waitSeconds: 10 })
})

test('an attempt that could not be judged does not count, and lets the next one have its turn', async () => {
  const limits = createGuessLimits(createFakeClock())
  const away = (): Promise<never> => Promise.reject(new Error('away'))

  for (let count = 0; count < 20; count += 1) await expect(limits.attempt('10.0.0.1', 'crm', away)).rejects.toThrow('away')

  expect(await limits.attempt('10.0.0.1', 'crm', right)).toEqual({ judged: 'in' })
})
