import { createPlainSecrets } from '@beckon/core/testing'
import { describe, expect, test } from 'vitest'
import { createEventCursors } from './event-cursor.ts'

describe('a cursor', () => {
  test('leads back to its place', () => {
    const cursors = createEventCursors({ epoch: 'first' }, createPlainSecrets())

    expect(cursors.parse(cursors.at(4711))).toBe(4711)
  })

  test('of another log is foreign, also when the log is replaced while the server runs', () => {
    const log = { epoch: 'first' }
    const cursors = createEventCursors(log, createPlainSecrets())
    const before = cursors.at(7)

    log.epoch = 'second'

    expect(cursors.parse(before)).toBe('foreign')
    expect(cursors.parse(cursors.at(7))).toBe(7)
  })

  test.each(['', '7', 'e7', 'e-1-000000', 'e7-00000z', 'e99999999999-000000'])('%j is malformed', (text) => {
    expect(createEventCursors({ epoch: 'first' }, createPlainSecrets()).parse(text)).toBe('malformed')
  })
})
