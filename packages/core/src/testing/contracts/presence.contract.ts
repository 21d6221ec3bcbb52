import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import type { ContactId } from '../../domain/ids.ts'
import type { Presence } from '../../ports/presence.ts'

/** Presence, and what tells it of sockets that come and go. */
export interface PresenceUnderTest extends Presence {
  enter(contactId: ContactId): void
  leave(contactId: ContactId): void
}

const ana = toId<'contact'>('ana')
const ben = toId<'contact'>('ben')

/** What every presence promises. */
export function presenceContract(open: () => PresenceUnderTest): void {
  describe('presence', () => {
    test('counts the sockets of each contact apart', () => {
      const presence = open()

      presence.enter(ana)
      presence.enter(ana)
      presence.enter(ben)

      expect(presence.connections(ana)).toBe(2)
      expect(presence.connections(ben)).toBe(1)
    })

    test('knows nobody before they enter, and nobody after they leave', () => {
      const presence = open()
      expect(presence.connections(ana)).toBe(0)

      presence.enter(ana)
      presence.leave(ana)

      expect(presence.connections(ana)).toBe(0)
    })

    test('never counts below zero', () => {
      const presence = open()

      presence.leave(ana)
      presence.enter(ana)

      expect(presence.connections(ana)).toBe(1)
    })
  })
}
