import { expect, test } from 'vitest'
import { drawTimeline } from './draw-timeline.ts'
import { createPaint } from './paint.ts'

/** An hour after the message should have been sent. */
const look = { now: 1_767_348_000_000, paint: createPaint(false) }

test('a message whose time has come while nobody keeps appointments says since when, and what to do', () => {
  const report = { messageId: 'm', entities: [], overdueSince: '2026-01-02T09:00:00.000Z' }

  expect(drawTimeline(report, look).at(-1)).toMatch(/overdue since .*: no worker keeps appointments; start a node with BECKON_ROLE=worker or all$/)
  expect(drawTimeline({ messageId: 'm', entities: [] }, look).join('\n')).not.toContain('overdue')
})
