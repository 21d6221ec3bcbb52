import { expect, test } from 'vitest'
import type { GuestPhase } from '../guest.ts'
import { nextPhase, phaseRows } from './phases.ts'

const phases: readonly GuestPhase[] = [
  'idle',
  'connecting',
  'configuring',
  'live',
  'waiting',
  'expired',
  'closed',
  'failed',
]

test('what happens in a phase leads to one place only', () => {
  const steps = phaseRows.flatMap((row) => row.from.map((from) => `${from} on ${row.on}`))

  expect(new Set(steps).size).toBe(steps.length)
})

test('every phase can be reached, and none is a trap', () => {
  const reached = new Set<GuestPhase>(['idle', ...phaseRows.map((row) => row.to)])
  const left = new Set(phaseRows.flatMap((row) => row.from))

  expect([...reached].toSorted()).toEqual(phases.toSorted())
  expect([...left].toSorted()).toEqual(phases.toSorted())
})

test('a guest can be disconnected from anywhere but where there is nothing to disconnect', () => {
  const ends = phases.filter((phase) => nextPhase(phase, 'disconnect')?.to === 'closed')

  expect(phases.filter((phase) => !ends.includes(phase))).toEqual(['closed'])
})

test('a lost connection is waited out wherever there was one', () => {
  const lost = phases.filter((phase) => nextPhase(phase, 'dropped')?.to === 'waiting')

  expect(lost).toEqual(['connecting', 'configuring', 'live', 'expired'])
})

test('what does not fit a phase does not happen', () => {
  expect(nextPhase('idle', 'configured')).toBeUndefined()
  expect(nextPhase('failed', 'retryDue')).toBeUndefined()
  expect(nextPhase('closed', 'dropped')).toBeUndefined()
})
