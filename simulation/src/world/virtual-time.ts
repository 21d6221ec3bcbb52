import { settled } from './system-turn.ts'

/**
 * Time that passes only when nothing is left to do: it jumps from alarm to alarm. Alarms of one moment ring in the order
 * in which they were set, and after each everything that it set off settles before the next.
 */
export interface VirtualTime {
  /** Epoch ms. */
  now(): number
  /** Rings once after `wait` ms; the returned function takes it back. */
  after(wait: number, ring: () => void): () => void
  /** Lets time pass up to there. */
  runUntil(at: number): Promise<void>
}

interface Alarm {
  readonly at: number
  readonly order: number
  ring: (() => void) | undefined
}

export function createVirtualTime(start: number): VirtualTime {
  const heap: Alarm[] = []
  let now = start
  let count = 0
  return {
    now: () => now,
    after(wait, ring) {
      const alarm: Alarm = { at: now + Math.max(0, Math.ceil(wait)), order: (count += 1), ring }
      push(heap, alarm)
      return () => {
        alarm.ring = undefined
      }
    },
    async runUntil(until) {
      await settled()
      for (let next = heap[0]; next && next.at <= until; next = heap[0]) {
        pop(heap)
        if (!next.ring) continue
        now = next.at
        next.ring()
        await settled()
      }
      now = Math.max(now, until)
    },
  }
}

function isBefore(one: Alarm, other: Alarm): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}

function push(heap: Alarm[], alarm: Alarm): void {
  let index = heap.length
  while (index > 0) {
    const above = (index - 1) >> 1
    const parent = heap[above]
    if (!parent || isBefore(parent, alarm)) break
    heap[index] = parent
    index = above
  }
  heap[index] = alarm
}

function pop(heap: Alarm[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let index = 0
  for (;;) {
    const child = earlierChild(heap, index)
    const below = heap[child]
    if (!below || isBefore(last, below)) break
    heap[index] = below
    index = child
  }
  heap[index] = last
}

function earlierChild(heap: readonly Alarm[], index: number): number {
  const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]]
  return left && right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1
}
