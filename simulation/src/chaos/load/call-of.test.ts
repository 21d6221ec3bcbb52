import { expect, test } from 'vitest'
import { callOf } from './call-of.ts'

const base = '/api/v2/conversations/messaging'

test('a send to a contact is written down with its key and its terms', () => {
  const body = JSON.stringify({ text: 'Later', policy: { sendAt: '2026-01-01T00:00:01.000Z', unless: ['replied'] } })

  const call = callOf(`${base}/contacts/p-1/messages`, { method: 'POST', headers: { 'idempotency-key': 'k-1' }, body })

  expect(call).toEqual({ name: 'send', key: 'k-1', contactId: 'p-1', text: 'Later', sendAt: 1_767_225_601_000, unless: ['replied'] })
})

test('closing, reopening and cancelling are told apart, and everything else is called by its path', () => {
  const calls = [
    callOf(`${base}/c-1`, { method: 'PATCH', body: '{"status":"closed"}' }),
    callOf(`${base}/c-1`, { method: 'PATCH', body: '{"status":"open"}' }),
    callOf(`${base}/proactive/m-1`, { method: 'DELETE' }),
    callOf(`${base}/c-1`, {}),
  ]

  expect(calls).toEqual([
    { name: 'close', conversationId: 'c-1' },
    { name: 'reopen', conversationId: 'c-1' },
    { name: 'cancel', proactiveId: 'm-1' },
    { name: 'other', what: `GET ${base}/c-1` },
  ])
})
