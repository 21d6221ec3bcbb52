import type { NodeMetrics } from '../../observability/node-metrics.ts'
import type { Wire } from '../wire/wire.ts'
import { isNodeMessage, type NodeMessage } from './node-message.ts'
import { createRepeats } from './repeats.ts'

/** What nodes say to each other, on top of a wire that carries text. */
export interface Exchange extends Disposable {
  readonly maxBytes: number
  /** To all, or to those that are named. */
  say(message: NodeMessage, to?: readonly string[]): Said
  subscribe(listener: ExchangeListener): () => void
}

export interface Said {
  /** `too_long` when the wire carries no such message, `dropped` when it does not carry it now to one of them. */
  readonly outcome: 'sent' | 'dropped' | 'too_long'
  /** Those of the named that it was not sent to. */
  readonly unheard: readonly string[]
}

export interface ExchangeListener {
  readonly heard: (message: NodeMessage, from: string) => void
  /** Something that another node said was not heard, or is still to come. */
  readonly missed?: () => void
  readonly up?: () => void
}

/**
 * The form on the wire. Nodes of two releases run side by side while one is rolled out: what an older one cannot read is
 * left out there and found by reading the store, so a new form takes a new number.
 */
const version = 2

interface Envelope {
  readonly v: number
  readonly node: string
  /** A node's name, or `all`. */
  readonly to: string
  /** Counts what was said to that one, or to all. */
  readonly n: number
  readonly says: NodeMessage
}

const all = 'all'
/** What stands around what is said, in bytes: two names, which are UUIDs, and a number. */
const mostAround = 160

interface ExchangeDeps {
  readonly wire: Wire
  readonly node: string
  readonly metrics: Pick<NodeMetrics, 'said' | 'heard'>
}

export function createExchange({ wire, node, metrics }: ExchangeDeps): Exchange {
  const repeats = createRepeats()
  const listeners = new Set<ExchangeListener>()
  const said = createCounts()

  function take(text: string): void {
    const envelope = read(text)
    if (typeof envelope === 'string') return metrics.heard(envelope)
    if (envelope.node === node) return
    const isOurs = envelope.to === all || envelope.to === node
    const place = isOurs ? repeats.place(`${envelope.node} to ${envelope.to}`, envelope.n) : 'repeated'
    metrics.heard(place === 'repeated' ? 'repeated' : 'taken')
    if (place === 'repeated') return
    for (const { missed, heard } of listeners) {
      if (place === 'ahead') missed?.()
      heard(envelope.says, envelope.node)
    }
  }

  /** What is said is the same for all, and written once. */
  function send(says: string, to: string | undefined): boolean {
    const address = to ?? all
    return wire.send(`{"v":${version},"node":"${node}","to":"${address}","n":${said.next(address)},"says":${says}}`, to)
  }

  const stopHearing = wire.subscribe({
    heard: take,
    up: () => {
      for (const { up } of listeners) up?.()
    },
  })

  return {
    get maxBytes() {
      return wire.maxBytes
    },
    say(message, to) {
      const says = JSON.stringify(message)
      // A character is at most three bytes, so most are known to be short enough without counting.
      const room = wire.maxBytes - mostAround
      if (says.length * 3 > room && Buffer.byteLength(says) > room) return { outcome: 'too_long', unheard: to ?? [] }
      const unsent = (to ?? [undefined]).filter((one) => !send(says, one))
      const outcome = unsent.length > 0 ? 'dropped' : 'sent'
      metrics.said(outcome)
      return { outcome, unheard: unsent.filter((one) => one !== undefined) }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    [Symbol.dispose]: stopHearing,
  }
}

function read(text: string): Envelope | 'unknown_version' | 'unreadable' {
  try {
    const envelope: unknown = JSON.parse(text)
    if (typeof envelope !== 'object' || envelope === null || !('v' in envelope)) return 'unreadable'
    if (envelope.v !== version) return 'unknown_version'
    return isEnvelope(envelope) ? envelope : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

function isEnvelope(value: object): value is Envelope {
  if (!('node' in value) || typeof value.node !== 'string' || !('says' in value)) return false
  if (!('to' in value) || typeof value.to !== 'string') return false
  return 'n' in value && Number.isSafeInteger(value.n) && isNodeMessage(value.says)
}

/** Counts for so many are kept; who was not spoken to for longest is forgotten. */
const mostCounts = 1000

function createCounts(): { next(to: string): number } {
  const counts = new Map<string, number>()
  /** No count begins below one that was forgotten: whoever still knows that one would take what follows for a repetition. */
  let floor = 0
  return {
    next(to) {
      const next = (counts.get(to) ?? floor) + 1
      counts.delete(to)
      counts.set(to, next)
      for (const [longestAgo, count] of counts) {
        if (counts.size <= mostCounts) break
        counts.delete(longestAgo)
        floor = Math.max(floor, count)
      }
      return next
    },
  }
}
