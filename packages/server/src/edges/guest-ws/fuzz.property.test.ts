import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySequence } from './testing/fuzz/step.ts'
import { openGround, runSequence, type Ground } from './testing/fuzz/run-sequence.ts'

const sequences = 10_000
/** Old guests make a world slow; a new one costs a little. */
const sequencesOnAGround = 100

// What a failure prints, to run that one alone: BECKON_FUZZ=<seed>,<path> npx vitest run packages/server/src/edges/guest-ws/fuzz.property.test.ts
// oxlint-disable-next-line no-restricted-properties -- whoever replays names the seed on their command line
const [seed, path] = (process.env['BECKON_FUZZ'] ?? '').split(',')
const replay = seed ? { seed: Number(seed), ...(path ? { path } : {}) } : {}

test('whatever guests, their networks and the business do, every connection sees what the protocol promises it', { timeout: 600_000 }, async () => {
  const grounds = new Map<boolean, { readonly ground: Ground; used: number }>()
  const differences: string[] = []
  const groundFor = async (endsReadOnly: boolean): Promise<Ground> => {
    const known = grounds.get(endsReadOnly)
    if (known && known.used < sequencesOnAGround) {
      known.used += 1
      return known.ground
    }
    await known?.ground[Symbol.asyncDispose]()
    const ground = await openGround(endsReadOnly)
    grounds.set(endsReadOnly, { ground, used: 1 })
    return ground
  }

  const property = fc.asyncProperty(anySequence, fc.boolean(), async (steps, endsReadOnly) => {
    const ground = await groundFor(endsReadOnly)
    const difference = await runSequence(ground, steps).catch(String)
    if (difference !== undefined) differences.push(difference)
    if (difference !== undefined) grounds.delete(endsReadOnly)
    if (difference !== undefined) await ground[Symbol.asyncDispose]()
    expect(difference).toBeUndefined()
  })
  const details = await fc.check(property, { numRuns: sequences, ...replay })
  for (const { ground } of grounds.values()) await ground[Symbol.asyncDispose]()

  expect(details.failed ? `BECKON_FUZZ=${details.seed},${details.counterexamplePath ?? ''}\n${fc.stringify(details.counterexample)}\n${differences.at(-1) ?? ''}` : '').toBe('')
})
