import { describe, expect, test } from 'vitest'
import type { Clock } from '../../ports/clock.ts'

/** What every clock promises. */
export function clockContract(open: () => Clock): void {
  describe('a clock', () => {
    test('tells whole milliseconds of this century', () => {
      const now = open().now()

      expect(Number.isInteger(now)).toBe(true)
      expect(now).toBeGreaterThan(1_600_000_000_000)
      expect(now).toBeLessThan(4_102_444_800_000)
    })

    test('does not run backwards', () => {
      const clock = open()

      const moments = Array.from({ length: 1000 }, () => clock.now())

      expect(moments).toEqual(moments.toSorted((one, other) => one - other))
    })
  })
}
