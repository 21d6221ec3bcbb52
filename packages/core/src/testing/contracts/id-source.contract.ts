import { describe, expect, test } from 'vitest'
import type { IdSource } from '../../ports/id-source.ts'

/** What every source of ids promises. */
export function idSourceContract(open: () => IdSource): void {
  describe('an id source', () => {
    test('makes version 7 UUIDs in lower case', () => {
      expect(open().next()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    })

    test('never makes the same id twice', () => {
      const ids = open()

      const made = new Set(Array.from({ length: 10_000 }, () => ids.next()))

      expect(made.size).toBe(10_000)
    })

    test('makes ids that sort in the order in which they were made', () => {
      const ids = open()

      const made = Array.from({ length: 10_000 }, () => ids.next<'entry'>())

      expect(made).toEqual(made.toSorted())
    })
  })
}
