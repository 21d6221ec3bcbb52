import type { NodeMetrics } from '../../observability/node-metrics.ts'
import type { Wire } from '../wire/wire.ts'
import { isNodeMessage, type NodeMessage } from './node-message.ts'
import { createRepeats } from './repeats.ts'

/** What nodes say to each other, on top of a wire that carries text. */
export interface Exchange extends Disposable {
  readonly maxBytes: number
  /** `too_long` when the wire carries no such message, `dropped` when it does not carry it now. */
  say(message: NodeMessage, to?: string): 'sent' | 'dropped' | 'too_long'
  subscribe(listener: ExchangeListener): () => void
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
const version = 1

interface Envelope {
  readonly v: number
  readonly node: string
  /** Counts what this node said to all. Absent where it was said to one. */
  readonly n?: number
  readonly says: NodeMessage
}

interface ExchangeDeps {
  readonly wire: Wire
  readonly node: string
  readonly metrics: Pick<NodeMetrics, 'said' | 'heard'>
}

export function createExchange({ wire, node, metrics }: ExchangeDeps): Exchange {
  const repeats = createRepeats()
  const listeners = new Set<ExchangeListener>()
  let said = 0

  function take(text: string): void {
    const envelope = read(text)
    if (typeof envelope === 'string') return metrics.heard(envelope)
    if (envelope.node === node) return
    const place = envelope.n === undefined ? 'next' : repeats.place(envelope.node, envelope.n)
    metrics.heard(place === 'repeated' ? 'repeated' : 'taken')
    if (place === 'repeated') return
    for (const { missed, heard } of listeners) {
      if (place === 'ahead') missed?.()
      heard(envelope.says, envelope.node)
    }
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
      const envelope: Envelope = { v: version, node, ...(to === undefined ? { n: (said += 1) } : {}), says: message }
      const text = JSON.stringify(envelope)
      // A character is at most three bytes, so most are known to be short enough without counting.
      if (text.length * 3 > wire.maxBytes && Buffer.byteLength(text) > wire.maxBytes) {
        if (to === undefined) said -= 1
        return 'too_long'
      }
      const outcome = wire.send(text, to) ? 'sent' : 'dropped'
      metrics.said(outcome)
      return outcome
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
  if ('n' in value && !Number.isSafeInteger(value.n)) return false
  return isNodeMessage(value.says)
}
