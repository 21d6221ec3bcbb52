import { instant, toId, type Committed, type Entry, type StoredEvent } from '@beckon/core'
import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

const conversationId = toId<'conversation'>('conversation-1')

function aMessage(seq: number, by: 'customer' | 'agent', at: number): Entry {
  return { kind: 'message', id: toId('entry'), contactId: toId('contact'), conversationId, seq, at: instant(at), by: { kind: by }, text: 'a secret wish' }
}

function aCommit(entries: readonly Entry[], events: readonly StoredEvent[] = []): Committed {
  return { entries: entries.map((entry) => ({ entry })), conversations: [], sessions: [], events }
}

function delivered(upToSeq: number, at: number): StoredEvent {
  return { type: 'message.delivered', at: instant(at), position: 1, conversationId, data: { by: 'guest', upToSeq } }
}

test('what became durable is counted by direction and origin, and by how many shared a commit', async () => {
  const metrics = createMetrics({ version: '1.2.3' })

  metrics.committed([aCommit([aMessage(1, 'customer', 0)]), aCommit([aMessage(2, 'agent', 0), aMessage(3, 'agent', 0)])])

  const text = await metrics.render()
  expect(text).toContain('beckon_messages_total{direction="inbound",origin="customer"} 1')
  expect(text).toContain('beckon_messages_total{direction="outbound",origin="agent"} 2')
  expect(text).toContain('beckon_store_commit_batch_size_sum 2')
  expect(text).toContain('beckon_build_info{version="1.2.3"} 1')
})

test('a delivery is timed from the newest unconfirmed message to the confirmation that covers it', async () => {
  const metrics = createMetrics({ version: '1' })
  metrics.committed([aCommit([aMessage(2, 'agent', 1000)]), aCommit([aMessage(3, 'agent', 3000)])])

  metrics.committed([aCommit([], [delivered(2, 4000)]), aCommit([], [delivered(3, 5000)]), aCommit([], [delivered(3, 9000)])])

  const text = await metrics.render()
  expect(text).toContain('beckon_message_delivery_seconds_sum 2\n')
  expect(text).toContain('beckon_message_delivery_seconds_count 1\n')
})

test('requests, appointments and sockets are counted under names that others know', async () => {
  const metrics = createMetrics({ version: '1' })

  metrics.requestAnswered({ method: 'POST', route: '/api/v2/contacts', status: 201, seconds: 0.004 })
  metrics.appointment('send', 'kept', 0.2)
  metrics.appointment('send', 'failed', 0.2)
  metrics.wsConnections(3)

  const text = await metrics.render()
  expect(text).toContain('http_server_request_duration_seconds_count{http_request_method="POST",http_route="/api/v2/contacts",http_response_status_code="201"} 1')
  expect(text).toContain('beckon_appointments_total{kind="send",outcome="failed"} 1')
  expect(text).toContain('beckon_appointment_lag_seconds_count{kind="send"} 1')
  expect(text).toContain('beckon_ws_connections{kind="guest"} 3')
  expect(text).toContain('process_resident_memory_bytes')
})

test('no message text and no id turns up in the metrics', async () => {
  const metrics = createMetrics({ version: '1' })

  metrics.committed([aCommit([aMessage(1, 'customer', 0)], [delivered(1, 0)])])

  expect(await metrics.render()).not.toMatch(/secret wish|conversation-1/)
})
