import { Counter, Gauge, type Registry } from 'prom-client'

/** What can be counted about a node among others. */
export interface NodeMetrics {
  /** Whether other nodes are heard at once. */
  readonly wireUp: (isUp: boolean) => void
  readonly said: (outcome: 'sent' | 'dropped') => void
  /** `forged`: by somebody on the bus who lacks the installation's key. */
  readonly heard: (outcome: 'taken' | 'repeated' | 'unknown_version' | 'unreadable' | 'forged') => void
  /** Events that no hint told of in time: they were found by reading. */
  readonly repaired: (events: number) => void
  /** Other nodes that are known to live. */
  readonly others: (count: number) => void
  /** By how much the machine's clock is ahead of the one that all nodes share. */
  readonly clockAhead: (seconds: number) => void
}

export function createNodeMetrics(registers: Registry[]): NodeMetrics {
  const up = new Gauge({ name: 'beckon_wire_up', help: '1 while hints of other nodes arrive at once; 0 while they are read from the store', registers })
  const said = new Counter({ name: 'beckon_wire_said_total', help: 'Messages to other nodes', labelNames: ['outcome'], registers })
  const heard = new Counter({ name: 'beckon_wire_heard_total', help: 'Messages of other nodes', labelNames: ['outcome'], registers })
  const repaired = new Counter({ name: 'beckon_hints_repaired_total', help: 'Events of other nodes that no hint told of in time', registers })
  const others = new Gauge({ name: 'beckon_other_nodes', help: 'Other nodes that are known to live', registers })
  const ahead = new Gauge({ name: 'beckon_clock_ahead_seconds', help: 'How far this machine’s clock is ahead of the database’s', registers })
  return {
    wireUp: (isUp) => up.set(isUp ? 1 : 0),
    said: (outcome) => said.inc({ outcome }),
    heard: (outcome) => heard.inc({ outcome }),
    repaired: (events) => repaired.inc(events),
    others: (count) => others.set(count),
    clockAhead: (seconds) => ahead.set(seconds),
  }
}
