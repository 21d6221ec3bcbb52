import { setTimeout as pause } from 'node:timers/promises'
import { BeckonRefusal, BeckonUnreachable, createBeckon, type Beckon, type CallOptions } from '@beckon/client'
import { createChance, type Chance } from '../../world/chance.ts'
import type { Actor, Stage } from './actor.ts'
import { knowNodes } from './known-nodes.ts'
import type { Wish } from './tally.ts'
import { installation, recordFetch } from './recorded-fetch.ts'

/** A node that stands still answers nothing: after this long a caller asks another one. */
const timeoutMs = 3000
const thinkMs = { least: 20, most: 200 }
const sendAtMs = { soonest: 50, latest: 4000 }

/** A backend program with the SDK as it comes, at one of the nodes. */
export function aBackend(who: string, at: number, { urls, recorder, tally, credentials }: Stage): Beckon {
  const fetch = recordFetch({ who, nodes: knowNodes(urls, at), recorder, tally })
  return createBeckon({ url: installation, fetch, timeoutMs, ...credentials })
}

/** A program that sends to one contact, now and for later, closes and reopens the conversation, and takes some back. */
export function createJob(name: string, at: number, contactId: string, stage: Stage): Actor {
  const chance = createChance(stage.seed, name)
  const beckon = aBackend(name, at, stage)
  const twin = aBackend(`${name} twin`, at + 1, stage)
  const { insist, waitsFor } = createInsistence(stage)
  const doubled = createInsistence(stage, 'doubled')
  const state = { isStopped: false }
  let count = 0
  let conversationId: string | undefined
  let scheduled: string | undefined

  const send = (program: Beckon, sendAt?: string) => (options: CallOptions) =>
    program.sendToContact(contactId, { text: `${name} sends ${options.idempotencyKey ?? ''}`, ...(sendAt === undefined ? {} : { policy: { sendAt } }) }, options)
  const nextKey = (): CallOptions => ({ idempotencyKey: `${name}-${(count += 1)}` })

  const errands: readonly (readonly [share: number, run: () => Promise<unknown>])[] = [
    [55, async () => (conversationId = (await insist(send(beckon), nextKey()))?.conversationId ?? conversationId)],
    [20, async () => (scheduled = (await insist(send(beckon, soon(stage, chance)), nextKey()))?.id ?? scheduled)],
    [8, () => twice(nextKey())],
    [6, () => onConversation((id, options) => beckon.closeConversation(id, { reason: 'solved' }, options))],
    [6, () => onConversation((id, options) => beckon.reopenConversation(id, {}, options))],
    [5, () => cancel()],
  ]

  /** The same request at two nodes at once, as a caller does who has lost patience. */
  async function twice(options: CallOptions): Promise<void> {
    const answers = await Promise.all([doubled.insist(send(beckon), options), doubled.insist(send(twin), options)])
    const ids = new Set(answers.map((answer) => answer?.messageId))
    if (ids.size > 1) stage.tally.surprise(`${name}: one key, several messages: ${[...ids].join(', ')}`)
  }

  async function onConversation(change: (id: string, options: CallOptions) => Promise<unknown>): Promise<void> {
    const id = conversationId
    if (id !== undefined) await insist((options) => change(id, options), nextKey())
  }

  async function cancel(): Promise<void> {
    const id = scheduled
    if (id !== undefined) await insist((options) => beckon.cancelProactive(id, options), {})
    scheduled = undefined
  }

  return {
    name, waitsFor: () => `${name}: ${waitsFor()}, ${doubled.waitsFor()}`,
    async work() {
      while (!state.isStopped) {
        await chosen(errands, chance)()
        await pause(chance.between(thinkMs.least, thinkMs.most))
      }
    },
    stop() {
      state.isStopped = true
    },
  }
}

function soon({ recorder }: Stage, chance: Chance): string {
  return new Date(recorder.now() + chance.between(sendAtMs.soonest, sendAtMs.latest)).toISOString()
}

function chosen<Run>(errands: readonly (readonly [share: number, run: Run])[], chance: Chance): Run {
  let rest = chance.between(0, 99)
  for (const [share, run] of errands) {
    rest -= share
    if (rest < 0) return run
  }
  throw new Error('the shares of the errands do not make a hundred')
}

interface Insistence {
  /** Asks until there is an answer, the same under the same key; undefined when the rules say no. */
  readonly insist: <T>(ask: (options: CallOptions) => Promise<T>, options: CallOptions) => Promise<T | undefined>
  readonly waitsFor: () => string
}

/** Beyond the SDK's own retries: a run breaks everything for longer than any caller's patience. How often is counted. */
export function createInsistence({ recorder, tally }: Stage, of: Wish['of'] = 'backend'): Insistence {
  let lastError = 'nothing'
  return {
    waitsFor: () => lastError,
    async insist(ask, options) {
      const from = recorder.now()
      for (let givenUp = 0; ; givenUp += 1) {
        try {
          const answer = await ask(options)
          tally.granted({ of, from, until: recorder.now(), givenUp })
          lastError = 'nothing'
          return answer
        } catch (error) {
          lastError = String(error)
          if (isOutage(error)) continue
          if (!isAllowed(error)) tally.surprise(String(error))
          return undefined
        }
      }
    },
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof BeckonUnreachable || (error instanceof BeckonRefusal && (error.status >= 500 || error.code === 'idempotency_in_progress'))
}

/** What the rules may say to what a job does. */
function isAllowed(error: unknown): boolean {
  return error instanceof BeckonRefusal && error.code === 'already_sent'
}
