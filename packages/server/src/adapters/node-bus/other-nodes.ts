import { between, seconds, type Clock, type ContactId } from '@beckon/core'
import type { NodeMetrics } from '../../observability/node-metrics.ts'
import type { NodeMessage } from './node-message.ts'
import { createRoll, type Roll } from './roll.ts'

/** What is known of the rolls of other nodes. */
export interface OtherNodes {
  connections(contactId: ContactId): number
  all(): Iterable<OtherNode>
  /** It said something, so it lives. True when it was not known before. */
  heardOf(node: string): boolean
  take(node: string, told: Extract<NodeMessage, { kind: 'roll' }>): void
  /** Whether what is known of it is what it says of itself. */
  agrees(node: string, beat: Extract<NodeMessage, { kind: 'beat' }>): boolean
  forget(node: string): void
  forgetSilent(): void
}

export interface OtherNode {
  readonly name: string
  readonly roll: Pick<Roll, 'get'>
}

/** A node that was not heard for so long has nobody: it died, or nobody can be reached through it. */
const lease = seconds(10)
/** Beyond it a plan may take somebody for away who is not; the message is shown to them all the same. */
const mostNames = 1_000_000

export function createOtherNodes({ clock, metrics }: { readonly clock: Clock; readonly metrics: Pick<NodeMetrics, 'others'> }): OtherNodes {
  const others = new Map<string, { readonly name: string; readonly roll: Roll; heardAt: ReturnType<Clock['now']> }>()

  function forget(node: string): void {
    others.delete(node)
    metrics.others(others.size)
  }

  return {
    forget,
    all: () => others.values(),
    connections(contactId) {
      let count = 0
      for (const { roll } of others.values()) count += roll.get(contactId)
      return count
    },
    heardOf(node) {
      const known = others.get(node)
      if (known) known.heardAt = clock.now()
      else others.set(node, { name: node, roll: createRoll(), heardAt: clock.now() })
      metrics.others(others.size)
      return known === undefined
    },
    take(node, { part, counts }) {
      const roll = others.get(node)?.roll
      if (!roll) return
      if (part === 'first') roll.clear()
      const free = mostNames - [...others.values()].reduce((all, one) => all + one.roll.size, 0)
      for (const [name, count] of counts.slice(0, Math.max(0, free))) roll.set(name, Math.max(0, count))
    },
    agrees(node, { sum, names }) {
      const roll = others.get(node)?.roll
      const isTooMany = roll !== undefined && names > roll.size && names > mostNames / 2
      return roll?.sum === sum || isTooMany
    },
    forgetSilent() {
      for (const [node, { heardAt }] of others) if (between(heardAt, clock.now()) >= lease) forget(node)
    },
  }
}
