import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BeckonTarget } from '../load/driver.ts'
import { postOnce } from '../load/post-once.ts'
import type { Figures, Job } from '../load/run-job.ts'
import { READY } from '../load/run-job.ts'
import type { ReturningGuest } from '../load/returning-guest.ts'
import { openReturningGuest } from '../load/returning-guest.ts'
import { must } from '../must.ts'
import { median, quantile } from '../statistics.ts'
import { inTurn } from './in-turn.ts'
import { option } from './option.ts'

/**
 * A backend sends by the clock, to any node in turn, while nodes come and go; guests come back by themselves. A request that a node does
 * not answer, or answers with 503, is tried again at the next node with the same Idempotency-Key, as the documentation tells clients to do.
 */

const CONNECTING_AT_ONCE = 10
const PAUSE_MILLIS = 100
const MOST_ATTEMPTS = 10
const LAST_ARRIVALS_MILLIS = 5000

type Phase = 'before' | 'during' | 'after' | 'over'

interface Sent {
  readonly phase: Phase
  readonly dueAt: number
  answeredAt?: number
  attempts: number
  /** Places in the conversation at which it arrived: a place may be told of again after a resume, a second place is a second message. */
  readonly places: Set<number>
  receivedAt?: number
}

export const steadySends: Job = async (target, options) => {
  if (target.kind !== 'beckon') throw new Error('only Beckon has nodes')
  const perMilli = option(options, 'messagesPerSecond') / 1000
  const sends = new Map<string, Sent>()
  const guests: ReturningGuest[] = []
  const onReceived = (text: string, seq: number): void => {
    const sent = sends.get(text)
    if (sent === undefined) return
    sent.places.add(seq)
    sent.receivedAt ??= performance.now()
  }
  await inTurn(option(options, 'guests'), CONNECTING_AT_ONCE, async (index) => { guests.push(await openReturningGuest(target, index, onReceived)) })
  const agents = target.urls.map(() => new Agent({ keepAlive: true }))
  const now: { phase: Phase } = { phase: 'before' }
  process.on('message', (told) => { now.phase = phaseOf(told) })
  process.send?.(READY)
  const underway: Promise<void>[] = []
  const start = performance.now()
  for (let number = 0; now.phase !== 'over'; await sleep(1)) {
    for (const due = (performance.now() - start) * perMilli; number < due; number += 1) {
      const sent: Sent = { phase: now.phase, dueAt: start + number / perMilli, attempts: 0, places: new Set() }
      const text = `message ${number} `.padEnd(100, '.')
      sends.set(text, sent)
      const { conversationId } = must(guests[number % guests.length], 'a guest').memory
      underway.push(send({ target, agents, turn: number }, { conversationId: must(conversationId, 'a conversation'), text }, sent))
    }
  }
  await Promise.all(underway)
  await sleep(LAST_ARRIVALS_MILLIS)
  for (const guest of guests) guest[Symbol.dispose]()
  for (const agent of agents) agent.destroy()
  return figuresOf([...sends.values()])
}

interface Backend {
  readonly target: BeckonTarget
  readonly agents: readonly Agent[]
  readonly turn: number
}

async function send({ target, agents, turn }: Backend, message: { readonly conversationId: string; readonly text: string }, sent: Sent): Promise<void> {
  const idempotencyKey = randomUUID()
  const body = JSON.stringify({ text: message.text, from: { name: 'Mira', kind: 'agent' } })
  const path = `/api/v2/conversations/messaging/${message.conversationId}/messages`
  while (sent.attempts < MOST_ATTEMPTS) {
    const node = (turn + sent.attempts) % target.urls.length
    sent.attempts += 1
    const status = await postOnce({ url: `${must(target.urls[node], 'a node')}${path}`, agent: must(agents[node], 'an agent'), accessToken: target.accessToken, idempotencyKey, body })
    if (status === 202) {
      sent.answeredAt = performance.now()
      return
    }
    // No answer, away for a moment, or the first try still under way: the three that clients are told to try again.
    if (status !== undefined && status !== 503 && status !== 409) return
    await sleep(PAUSE_MILLIS)
  }
}

function phaseOf(told: unknown): Phase {
  if (told === 'during' || told === 'after' || told === 'over') return told
  throw new Error(`unknown phase ${String(told)}`)
}

function figuresOf(sends: readonly Sent[]): Figures {
  const timesOf = (phase: Phase): Figures => {
    const own = sends.filter((sent) => sent.phase === phase)
    const answered = own.flatMap(({ answeredAt, dueAt }) => (answeredAt === undefined ? [] : [answeredAt - dueAt]))
    const received = own.flatMap(({ receivedAt, dueAt }) => (receivedAt === undefined ? [] : [receivedAt - dueAt]))
    return {
      [`${phase}P50`]: median(answered), [`${phase}P99`]: quantile(answered, 0.99), [`${phase}Max`]: quantile(answered, 1),
      [`${phase}ReceivedP50`]: median(received), [`${phase}ReceivedP99`]: quantile(received, 0.99),
    }
  }
  const answered = sends.filter(({ answeredAt }) => answeredAt !== undefined)
  return {
    ...timesOf('before'), ...timesOf('during'), ...timesOf('after'),
    sends: sends.length,
    retried: answered.filter(({ attempts }) => attempts > 1).length,
    failed: sends.length - answered.length,
    lost: answered.filter(({ places }) => places.size === 0).length,
    twice: sends.filter(({ places }) => places.size > 1).length,
  }
}
