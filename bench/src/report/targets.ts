import type { Results } from './results.ts'

/** What Beckon promises, beside what a run found. A target against another contestant is a ratio within the same run. */
export interface Target {
  readonly figure: string
  readonly scenario: string
  readonly metric: string
  readonly contestant: string
  readonly against?: string
  /** What the ratio is multiplied by: so many nodes share the work. */
  readonly times?: number
  readonly bound: 'atLeast' | 'atMost'
  readonly first: number
  readonly later: number
  readonly unit: string
  /** Set where a quick run measures something smaller than the promise speaks of. */
  readonly isFullPaceOnly?: true
}

export interface Verdict {
  readonly target: Target
  readonly found: number
  /** How far the first target is reached: 1 and more is met, whichever direction is good. */
  readonly reached: number
}

const BOTH_WAYS = ['beckon-guest-sends', 'beckon-backend-sends'] as const
const WAY = { 'beckon-guest-sends': 'guest to backend', 'beckon-backend-sends': 'backend to guest' } as const

const TARGETS: readonly Target[] = [
  ...BOTH_WAYS.flatMap((contestant): readonly Target[] => [
    { figure: `100 pairs msg/s against the floor, ${WAY[contestant]}`, scenario: 'pairs-100', metric: 'messagesPerSecond', contestant, against: 'floor', bound: 'atLeast', first: 0.7, later: 1, unit: '×' },
    { figure: `100 pairs msg/s against naive socket.io, ${WAY[contestant]}`, scenario: 'pairs-100', metric: 'messagesPerSecond', contestant, against: 'socket-io', bound: 'atLeast', first: 4.5, later: 4.5, unit: '×' },
    { figure: `1 in flight p50 against the floor, ${WAY[contestant]}`, scenario: 'pair-1', metric: 'p50Millis', contestant, against: 'floor', bound: 'atMost', first: 1.5, later: 1.1, unit: '×' },
    { figure: `1 in flight p99 against the floor, ${WAY[contestant]}`, scenario: 'pair-1', metric: 'p99Millis', contestant, against: 'floor', bound: 'atMost', first: 1.5, later: 1.1, unit: '×' },
    { figure: `2,000 msg/s open loop p50, ${WAY[contestant]}`, scenario: 'open-loop', metric: 'p50Millis', contestant, bound: 'atMost', first: 3, later: 1, unit: ' ms' },
    { figure: `2,000 msg/s open loop p99, ${WAY[contestant]}`, scenario: 'open-loop', metric: 'p99Millis', contestant, bound: 'atMost', first: 20, later: 8, unit: ' ms' },
  ]),
  { figure: 'Proactive sends/s against an empty POST', scenario: 'proactive-send', metric: 'sendsPerSecond', contestant: 'beckon', against: 'empty-post', bound: 'atLeast', first: 0.6, later: 0.8, unit: '×' },
  { figure: 'Drain of 10,000 stored, against the floor', scenario: 'drain', metric: 'messagesPerSecond', contestant: 'beckon', against: 'floor', bound: 'atLeast', first: 0.7, later: 1, unit: '×' },
  { figure: 'Memory per idle guest connection', scenario: 'idle-memory', metric: 'bytesPerConnection', contestant: 'beckon', bound: 'atMost', first: 10_000, later: 6000, unit: ' B' },
  { figure: '10,000 guests reconnect and resume', scenario: 'reconnect-storm', metric: 'seconds', contestant: 'beckon', bound: 'atMost', first: 6, later: 3, unit: ' s' },
  { figure: 'Last 50 entries, 5 M stored against 5 k', scenario: 'last-fifty', metric: 'p50Millis', contestant: 'large', against: 'small', bound: 'atMost', first: 1.3, later: 1.1, unit: '×', isFullPaceOnly: true },
  { figure: 'Cold start to ready, empty', scenario: 'cold-start', metric: 'seconds', contestant: 'empty', bound: 'atMost', first: 1.5, later: 0.7, unit: ' s' },
  { figure: 'Cold start to ready, 5 M entries', scenario: 'cold-start', metric: 'seconds', contestant: 'large', bound: 'atMost', first: 2, later: 0.7, unit: ' s', isFullPaceOnly: true },
  { figure: 'PostgreSQL, 100 pairs, against the embedded store', scenario: 'stores-pairs-100', metric: 'messagesPerSecond', contestant: 'postgres-guest-sends', against: 'beckon-guest-sends', bound: 'atLeast', first: 0.6, later: 0.9, unit: '×' },
  { figure: 'Nodes 1 to 3, by the nodes\' CPU per message', scenario: 'nodes-grown', metric: 'nodeMicros', contestant: 'nodes-1-nats', against: 'nodes-3-nats', times: 3, bound: 'atLeast', first: 2.4, later: 2.8, unit: '×' },
  { figure: 'Nodes 1 to 3, against 3 that know nothing of each other', scenario: 'nodes-grown', metric: 'nodeMicros', contestant: 'strangers-3-nats', against: 'nodes-3-nats', times: 3, bound: 'atLeast', first: 2.4, later: 2.8, unit: '×' },
  { figure: 'Cost of a message, 5 M stored against 5 k, PostgreSQL', scenario: 'growth', metric: 'serverMicros', contestant: 'stored-5000000', against: 'stored-5000', bound: 'atMost', first: 1.3, later: 1.1, unit: '×', isFullPaceOnly: true },
  { figure: 'Cost of a message, 50 M stored against 5 k, PostgreSQL', scenario: 'growth', metric: 'serverMicros', contestant: 'stored-50000000', against: 'stored-5000', bound: 'atMost', first: 1.3, later: 1.1, unit: '×', isFullPaceOnly: true },
  { figure: 'Last 50 entries, 50 M stored against 5 k, PostgreSQL', scenario: 'growth', metric: 'lastFiftyP50', contestant: 'stored-50000000', against: 'stored-5000', bound: 'atMost', first: 1.3, later: 1.1, unit: '×', isFullPaceOnly: true },
]

/** Verdicts on the targets that this run has figures for. */
export function judge(results: Results): readonly Verdict[] {
  return TARGETS.flatMap((target) => {
    if (target.isFullPaceOnly === true && results.pace !== 'full') return []
    const value = figureOf(results, target, target.contestant)
    const base = target.against === undefined ? 1 : figureOf(results, target, target.against)
    if (value === undefined || base === undefined) return []
    const found = (value / base) * (target.times ?? 1)
    return [{ target, found, reached: target.bound === 'atLeast' ? found / target.first : target.first / found }]
  })
}

function figureOf(results: Results, { scenario, metric }: Target, contestant: string): number | undefined {
  const rows = results.scenarios.find(({ name }) => name === scenario)?.rows
  return rows?.find(({ name }) => name === contestant)?.figures[metric]
}
