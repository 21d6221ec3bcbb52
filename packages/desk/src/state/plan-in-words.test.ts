import { expect, test } from 'vitest'
import { planInWords } from './plan-in-words.ts'
import type { SendPlan } from '@beckon/protocol'

/** 2026-03-04T12:00:00.000Z */
const now = 1_772_625_600_000

function plan(found: Partial<SendPlan['found']>, more: Partial<SendPlan> = {}): SendPlan {
  const state = { contact: 'known', conversation: 'open', session: 'active', connections: 0, ...found } as const
  return { status: 'sent', contactId: 'p', found: state, did: 'appended', deliveries: [], ...more }
}

test.for<[string, SendPlan]>([
  ['Open → continues; 2 tabs open now', plan({ connections: 2 })],
  ['Closed 20 min ago → reopens; 1 tab open now', plan({ conversation: 'closed', closedAt: '2026-03-04T11:40:00.000Z', connections: 1 }, { did: 'reopened' })],
  ['Closed 3 d ago → starts a new one, linked to it; nobody there now: waits for their return', plan({ conversation: 'closed', closedAt: '2026-03-01T12:00:00.000Z' }, { did: 'startedLinked' })],
  ['No conversation yet → starts one, quietly; nobody there now: waits for their return', plan({ conversation: 'none' }, { did: 'started' })],
])('%s', ([words, seen]) => {
  expect(planInWords(seen, now)).toBe(words)
})
