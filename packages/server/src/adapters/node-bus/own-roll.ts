import { milliseconds, type Timers } from '@beckon/core'
import { hashIn } from './audience.ts'
import type { Exchange } from './exchange.ts'
import type { Count } from './node-message.ts'
import { createRoll } from './roll.ts'

/** Who is to hear of what on this node, and telling others so. */
export interface OwnRoll {
  get(name: string): number
  change(name: string, by: 1 | -1): void
  /** Whether somebody is to hear of one of these subjects, or attends to everything. */
  concernsOneOf(hashes: readonly number[]): boolean
  /** The whole list, to one node. */
  tellAll(to: string): void
  /** That this node lives, after what has changed. */
  tellBeat(): void
  stop(): void
}

/** Pages that open and close in between are told together. */
const gather = milliseconds(50)
/** One name with its count and what is around it in JSON, in bytes; ids are UUIDs. */
const bytesOfCount = 64
const largestPart = 256 * 1024

export function createOwnRoll({ exchange, timers }: { readonly exchange: Exchange; readonly timers: Timers }): OwnRoll {
  const roll = createRoll()
  const changed = new Set<string>()
  /** How many there are for each hash that names are about; what is about everything is under `undefined`. */
  const attended = new Map<number | undefined, number>()
  let stopGathering: (() => void) | undefined

  function tell(counts: readonly Count[], to?: string): void {
    const partSize = Math.max(1, Math.floor(Math.min(exchange.maxBytes, largestPart) / bytesOfCount) - 8)
    const whole = to === undefined ? 'change' : 'first'
    for (let from = 0; from === 0 || from < counts.length; from += partSize) {
      const part = from > 0 && whole === 'first' ? 'more' : whole
      exchange.say({ kind: 'roll', part, counts: counts.slice(from, from + partSize) }, to === undefined ? undefined : [to])
    }
  }

  function tellChanges(): void {
    stopGathering?.()
    stopGathering = undefined
    if (changed.size === 0) return
    const counts = [...changed].map((name): Count => [name, roll.get(name)])
    changed.clear()
    tell(counts)
  }

  function note(name: string, by: 1 | -1): void {
    const hash = hashIn(name)
    const left = (attended.get(hash) ?? 0) + by
    if (left > 0) attended.set(hash, left)
    else attended.delete(hash)
  }

  return {
    get: (name) => roll.get(name),
    change(name, by) {
      const was = roll.get(name)
      if (was + by < 0) return
      roll.set(name, was + by)
      note(name, by)
      changed.add(name)
      stopGathering ??= timers.after(gather, tellChanges)
    },
    concernsOneOf: (hashes) => attended.has(undefined) || hashes.some((hash) => attended.has(hash)),
    tellAll: (to) => tell(roll.counts(), to),
    tellBeat() {
      tellChanges()
      exchange.say({ kind: 'beat', names: roll.size, sum: roll.sum })
    },
    stop() {
      stopGathering?.()
    },
  }
}
