import { expect, test } from 'vitest'
import { attentionOf } from './attention.ts'
import type { Conversation, Entry } from '@beckon/protocol'

const conversation: Conversation = {
  id: 'k', contactId: 'p', deploymentId: 'd', status: 'open', quiet: false, participants: [], lastSeq: 4,
  createdAt: '2026-03-04T10:00:00.000Z', lastEntryAt: '2026-03-04T10:04:00.000Z', presence: { connections: 0 },
  cursors: { guest: { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 }, business: { deliveredSeq: 0, seenSeq: 2 } },
}

function log(...directions: Entry['direction'][]): readonly Entry[] {
  return directions.map((direction, index) => ({
    seq: index + 1, id: `m${index + 1}`, conversationId: 'k', kind: 'message', direction, createdAt: `2026-03-04T10:0${index + 1}:00.000Z`,
  }))
}

test('a guest waits since their first message that nobody has answered', () => {
  expect(attentionOf(conversation, log('inbound', 'outbound', 'inbound', 'inbound'))).toEqual({ unread: 2, waitingSince: '2026-03-04T10:03:00.000Z' })
})

test('nobody waits for an answer that was given', () => {
  expect(attentionOf(conversation, log('inbound', 'inbound', 'inbound', 'outbound'))).toEqual({ unread: 1 })
})

test('nobody waits in a closed conversation', () => {
  expect(attentionOf({ ...conversation, status: 'closed' }, log('inbound', 'inbound', 'inbound'))).toEqual({ unread: 1 })
})
