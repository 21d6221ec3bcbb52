import { describe, expect, test } from 'vitest'
import { checkHistory } from './check.ts'
import { serializeHistory } from './lines.ts'
import type { Call, HistoryRecord, StoredEntry } from './record.ts'
import { renderTimeline } from './timeline.ts'

const conversation = { id: 'c', contactId: 'guest', status: 'open', lastSeq: 2 } as const
const lines: readonly StoredEntry[] = [
  { conversationId: 'c', seq: 1, id: 'e1', event: 'started', createdAt: 0 },
  { conversationId: 'c', seq: 2, id: 'e2', text: 'Hello', clientId: 'm1', createdAt: 0 },
]

/** A guest writes, is acknowledged, and is shown it; a program is told of it. `changed` makes of it what is to be judged. */
function aHistory(changed: (records: HistoryRecord[]) => HistoryRecord[] = (records) => records): readonly HistoryRecord[] {
  const at = 1
  return changed([
    { kind: 'begin', at, what: 'test', clockTolerance: 0 },
    { kind: 'connected', at, view: 'page' },
    { kind: 'invoke', at, op: 1, who: 'page', call: { name: 'write', clientId: 'm1', text: 'Hello' } },
    { kind: 'durable', at, entryIds: ['e1', 'e2'] },
    session(),
    shown(1), shown(2),
    { kind: 'ok', at, op: 1, answer: { messageId: 'e2', seq: 2 } },
    { kind: 'events', at, reader: 'crm', cursor: '2', events: [event('1'), event('2')] },
    { kind: 'stored', at, what: 'conversation', conversation },
    ...lines.map((entry): HistoryRecord => ({ kind: 'stored', at, what: 'entry', entry })),
    ...['1', '2'].map((id): HistoryRecord => ({ kind: 'stored', at, what: 'event', event: event(id) })),
    { kind: 'end', at: 100, quietSince: 90 },
  ])
}

function event(id: string) {
  return { id, type: 'message.created' }
}

function session(status = 'open'): HistoryRecord {
  const body = { beckon: { contactId: 'guest', epoch: 'e', resumed: false, conversation: { id: 'c', status, lastSeq: 0, firstVisibleSeq: 1 } } }
  return { kind: 'frame', at: 1, view: 'page', frame: { type: 'response', class: 'SessionResponse', code: 200, body } }
}

function shown(seq: number, tracingId?: string): HistoryRecord {
  const body = { conversationId: 'c', seq, id: `e${String(seq)}`, ...(seq === 2 ? { text: 'Hello', clientId: 'm1' } : {}) }
  return { kind: 'frame', at: 1, view: 'page', frame: { type: 'message', class: 'StructuredMessage', code: 200, body, ...(tracingId === undefined ? {} : { tracingId }) } }
}

function isShown(record: HistoryRecord, seq: number): boolean {
  return record.kind === 'frame' && JSON.stringify(record.frame.body).includes(`"seq":${String(seq)}`)
}

function promisesBroken(history: readonly HistoryRecord[]): readonly string[] {
  return [...new Set(checkHistory(history).map(({ promise }) => promise))]
}

/** Two attempts at one send, and what came of each. */
function attempts(...settled: readonly ('unknown' | { readonly proactiveId?: string; readonly replayed?: boolean; readonly refused?: string })[]): readonly HistoryRecord[] {
  const call: Call = { name: 'send', key: 'k', contactId: 'guest', text: 'Offer' }
  return settled.flatMap((how, index): HistoryRecord[] => {
    const op = 10 + index
    const invoke: HistoryRecord = { kind: 'invoke', at: 2, op, who: 'crm', call }
    if (how === 'unknown') return [invoke]
    const { refused, ...answer } = how
    return [invoke, refused === undefined ? { kind: 'ok', at: 3, op, answer: { ...answer, messageId: 'm', status: 'scheduled' } } : { kind: 'fail', at: 3, op, code: refused }]
  })
}

function offer(id: string): HistoryRecord {
  return { kind: 'stored', at: 9, what: 'message', message: { id, messageId: 'm', text: 'Offer', status: 'scheduled' } }
}

test('a history in which all went well breaks no promise, and is told in a line for each thing that happened', () => {
  expect(checkHistory(aHistory())).toEqual([])
  expect(renderTimeline(aHistory()).join('\n')).toContain('page ← StructuredMessage c/2 “Hello”')
  expect(serializeHistory(aHistory()).split('\n')).toHaveLength(aHistory().length + 1)
})

describe('a history breaks the promise', () => {
  test.each<readonly [what: string, promise: string, changed: (records: HistoryRecord[]) => HistoryRecord[]]>([
    ['when what was acknowledged is not there', 'acknowledged-is-durable', (all) => all.filter((one) => !(one.kind === 'stored' && one.what === 'entry' && one.entry.seq === 2))],
    ['when it was shown before it was durable', 'acknowledged-is-durable', (all) => [...all.filter(({ kind }) => kind === 'begin'), shown(1), ...all.filter((one) => one.kind !== 'begin' && !isShown(one, 1))]],
    ['when a message is there twice', 'exactly-once', (all) => [...all, { kind: 'stored', at: 1, what: 'entry', entry: { conversationId: 'c', seq: 3, id: 'e3', text: 'Hello', createdAt: 0 } }]],
    ['when a page is shown the same again', 'exactly-once', (all) => all.flatMap((one) => (isShown(one, 2) ? [one, one] : [one]))],
    ['when a message is there that nobody wrote', 'exactly-once', (all) => all.filter(({ kind }) => kind !== 'invoke')],
    ['when a page is shown a gap', 'order', (all) => [...all.filter(({ kind }) => kind !== 'end'), { kind: 'stored', at: 1, what: 'entry', entry: { conversationId: 'c', seq: 4, id: 'e4', createdAt: 0, event: 'closed' } }, shown(4)]],
    ['when somebody who is there has not been shown all', 'nothing-lost', (all) => all.filter((one) => !isShown(one, 2))],
    ['when the feed leaves something out', 'feed', (all) => all.map((one) => (one.kind === 'events' ? { ...one, events: [event('2')] } : one))],
    ['when the feed repeats something', 'feed', (all) => all.flatMap((one): HistoryRecord[] => (one.kind === 'events' ? [one, { ...one, after: '1', events: [event('2')] }] : [one]))],
    ['when the feed stops too early', 'feed', (all) => all.map((one) => (one.kind === 'events' ? { ...one, events: [event('1')] } : one))],
    ['when a page believes what is no longer so', 'closings-told', (all) => all.map((one) => (one.kind === 'frame' && one.frame.class === 'SessionResponse' ? session('closed') : one))],
    ['when a node says that it is broken', 'no-bug', (all) => [...all, { kind: 'broke', at: 1, error: 'TypeError' }]],
  ])('%s: %s', (_, promise, changed) => {
    expect(promisesBroken(aHistory(changed))).toContain(promise)
  })

  test('when one key makes two answers, or is done twice, or is refused after it was done', () => {
    const with2 = (...more: readonly HistoryRecord[]) => promisesBroken(aHistory((all) => [...all, ...more, offer('p1')]))

    expect(with2(...attempts({ proactiveId: 'p1' }, { proactiveId: 'p1', replayed: true }))).toEqual([])
    expect(with2(...attempts('unknown', { proactiveId: 'p1' }))).toEqual([])
    expect(with2(...attempts({ proactiveId: 'p1' }, { proactiveId: 'p2', replayed: true }))).toContain('idempotency')
    expect(with2(...attempts({ proactiveId: 'p1' }, { proactiveId: 'p1' }))).toContain('idempotency')
    expect(with2(...attempts({ proactiveId: 'p1' }, { refused: 'invalid_request' }))).toContain('idempotency')
    expect(with2(...attempts({ proactiveId: 'p1' }, { refused: 'unavailable' }))).toEqual([])
  })

  test('when what was refused every time is there all the same', () => {
    expect(promisesBroken(aHistory((all) => [...all, ...attempts({ refused: 'unavailable' }), offer('p1')]))).toContain('exactly-once')
  })
})

test('whoever says the same again may be told of it again', () => {
  const again: HistoryRecord = { kind: 'invoke', at: 2, op: 2, who: 'page', call: { name: 'write', clientId: 'm1', text: 'Hello' } }

  expect(checkHistory(aHistory((all) => [...all, again, shown(2, 'op-2')]))).toEqual([])
  expect(promisesBroken(aHistory((all) => [...all, { ...again, who: 'another page' }, shown(2, 'op-2')]))).toContain('exactly-once')
})
