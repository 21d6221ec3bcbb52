import { StoreUnavailable } from '@beckon/core'
import { fieldsOf } from '@beckon/protocol'
import type { AnyAnswer } from '@beckon/server/parts'
import type { Answer, Call, Terms } from '../history/record.ts'
import type { ApiRequest } from '../world/api.ts'
import { createChance, type Chance } from '../world/chance.ts'
import type { Cluster } from '../world/cluster.ts'
import type { VirtualTime } from '../world/virtual-time.ts'
import { ask, type Outcome } from './http.ts'

export interface BackendGiven {
  readonly time: VirtualTime
  readonly cluster: Cluster
  readonly seed: number
}

/** A business's program, which repeats with the same key what was not answered. */
export interface Backend {
  send(name: string, contactId: string, text: string, terms: Terms): void
  /** Takes back what was sent under that name, once its id is known. */
  cancel(name: string): void
  change(name: string, to: 'close' | 'reopen', conversationId: string): void
}

interface Deed {
  /** Its own, so that leaving out another changes nothing here. */
  readonly chance: Chance
  readonly call: Call
  readonly request: ApiRequest
  readonly onAnswer?: (answer: Answer) => void
}

const patience = 10_000
const mostAttempts = 12

export function createBackend({ time, cluster, seed }: BackendGiven): Backend {
  const { recorder, places } = cluster
  const ids = new Map<string, string>()

  async function attempt({ call, request, chance, onAnswer }: Deed): Promise<boolean> {
    const op = recorder.nextOp()
    const place = chance.oneOf(places)
    recorder.add({ kind: 'invoke', op, who: 'backend', node: place.name, call })
    const outcome = await ask({ time, chance, patience }, place, (node) => node.api.call(request)).outcome
    const settled = settle(outcome)
    recorder.add({ op, ...settled })
    if (settled.kind === 'ok') onAnswer?.(settled.answer)
    return settled.kind === 'ok' || (settled.kind === 'fail' && !isWorthRepeating(settled.code))
  }

  async function insist(deed: Deed): Promise<void> {
    const { chance } = deed
    for (let count = 1; count <= mostAttempts; count += 1) {
      // A proxy, or a hurried program, says it twice at once.
      if (chance.percent(6)) time.after(chance.between(0, 2000), () => void attempt(deed))
      if (await attempt(deed)) break
      await new Promise<void>((resolve) => time.after(chance.between(200, 5000), resolve))
    }
    // Somebody who has forgotten asks again much later.
    if (chance.percent(8)) time.after(chance.between(1000, 40_000), () => void attempt(deed))
  }

  return {
    send(name, contactId, text, terms) {
      const chance = createChance(seed, `backend ${name}`)
      const key = chance.percent(90) ? name : undefined
      const call: Call = { name: 'send', contactId, text, ...terms, ...(key === undefined ? {} : { key }) }
      const { sendAt, expiresAt, ...rest } = terms
      const policy = { ...rest, ...(sendAt === undefined ? {} : { sendAt: iso(sendAt) }), ...(expiresAt === undefined ? {} : { expiresAt: iso(expiresAt) }) }
      const request: ApiRequest = { operation: 'send-to-contact', params: { contactId }, body: { text, policy, proactive: true }, ...(key === undefined ? {} : { key }) }
      const deed: Deed = { call, request, chance, onAnswer: ({ proactiveId }) => void (proactiveId === undefined ? undefined : ids.set(name, proactiveId)) }
      // Without a key nobody may repeat it.
      void (key === undefined ? attempt(deed) : insist(deed))
    },
    cancel(name) {
      const proactiveId = ids.get(name)
      if (proactiveId === undefined) return
      void insist({ chance: createChance(seed, `backend cancels ${name}`), call: { name: 'cancel', proactiveId }, request: { operation: 'cancel-proactive', params: { proactiveId }, body: {} } })
    },
    change(name, to, conversationId) {
      const body = { status: to === 'close' ? 'closed' : 'open' }
      void insist({ chance: createChance(seed, `backend ${name}`), call: { name: to, key: name, conversationId }, request: { operation: 'update-conversation', params: { conversationId }, body, key: name } })
    },
  }
}

type Settling = { readonly kind: 'ok'; readonly answer: Answer } | { readonly kind: 'fail'; readonly code: string } | { readonly kind: 'unknown'; readonly why: string }

function settle(outcome: Outcome<AnyAnswer>): Settling {
  switch (outcome.kind) {
    case 'refused': return { kind: 'fail', code: 'connection_refused' }
    case 'lost': return { kind: 'unknown', why: outcome.why }
    case 'failed': return outcome.error instanceof StoreUnavailable ? { kind: 'fail', code: 'unavailable' } : { kind: 'unknown', why: `500: ${String(outcome.error)}` }
    case 'answered': return read(outcome.value)
  }
}

function read(answer: AnyAnswer): Settling {
  if ('refusal' in answer) return { kind: 'fail', code: answer.refusal.code }
  if ('draft' in answer || 'hijacked' in answer) return { kind: 'unknown', why: 'not an answer of this call' }
  const { id, messageId, conversationId, status } = fieldsOf(answer.body)
  const texts = { proactiveId: id, messageId, conversationId, status }
  const said = Object.fromEntries(Object.entries(texts).filter(([, value]) => typeof value === 'string'))
  return { kind: 'ok', answer: { ...said, ...(answer.replayed ? { replayed: true } : {}) } }
}

function isWorthRepeating(code: string): boolean {
  return code === 'connection_refused' || code === 'unavailable'
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
