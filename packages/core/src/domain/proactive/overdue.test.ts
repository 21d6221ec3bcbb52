import { expect, test } from 'vitest'
import { newYear } from '../../testing/fake-clock.ts'
import { plus, seconds } from '../instant.ts'
import { overdueSince } from './overdue.ts'

test.each([
  [-10, false], [0, false], [45, false], [46, true], [86_400, true],
])('what was due %i seconds ago is overdue: %s', (late, isOverdue) => {
  expect(overdueSince(newYear, plus(newYear, seconds(late)))).toBe(isOverdue ? newYear : undefined)
})

test('what is due at no time is never overdue', () => {
  expect(overdueSince(undefined, newYear)).toBeUndefined()
})
