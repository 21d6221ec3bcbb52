import { milliseconds, type ContactId, type Timers } from '@beckon/core'
import type { Exchange } from './exchange.ts'
import type { Count } from './node-message.ts'
import { createRoll } from './roll.ts'

/** Whose sockets this node has, and telling others so. */
export interface OwnSockets {
  connections(contactId: ContactId): number
  change(contactId: ContactId, by: 1 | -1): void
  /** The whole list, to one node. */
  tellAll(to: string): void
  /** That this node lives, after what has changed. */
  tellBeat(): void
  stop(): void
}

/** Pages that open and close in between are told together. */
const gather = milliseconds(50)
/** One contact with its count and what is around it in JSON, in bytes; ids are UUIDs. */
const bytesOfCount = 64
const largestPart = 256 * 1024

export function createOwnSockets({ exchange, timers }: { readonly exchange: Exchange; readonly timers: Timers }): OwnSockets {
  const roll = createRoll()
  const changed = new Set<ContactId>()
  let stopGathering: (() => void) | undefined

  function tell(counts: readonly Count[], to?: string): void {
    const partSize = Math.max(1, Math.floor(Math.min(exchange.maxBytes, largestPart) / bytesOfCount) - 8)
    const whole = to === undefined ? 'change' : 'first'
    for (let from = 0; from === 0 || from < counts.length; from += partSize) {
      const part = from > 0 && whole === 'first' ? 'more' : whole
      exchange.say({ kind: 'sockets', part, counts: counts.slice(from, from + partSize) }, to)
    }
  }

  function tellChanges(): void {
    stopGathering?.()
    stopGathering = undefined
    if (changed.size === 0) return
    const counts = [...changed].map((contactId): Count => [contactId, roll.get(contactId)])
    changed.clear()
    tell(counts)
  }

  return {
    connections: (contactId) => roll.get(contactId),
    change(contactId, by) {
      const was = roll.get(contactId)
      if (was + by < 0) return
      roll.set(contactId, was + by)
      changed.add(contactId)
      stopGathering ??= timers.after(gather, tellChanges)
    },
    tellAll: (to) => tell(roll.counts(), to),
    tellBeat() {
      tellChanges()
      exchange.say({ kind: 'beat', contacts: roll.size, sum: roll.sum })
    },
    stop() {
      stopGathering?.()
    },
  }
}
