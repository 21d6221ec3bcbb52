import { calmMs, rollingRestart } from '../faults/of-nodes.ts'
import type { Wish } from '../load/tally.ts'
import { quantile } from './quantile.ts'
import type { Latencies, RollingRestarts, StruckFault } from './report.ts'

interface Span {
  readonly from: number
  readonly until: number
}

/** A backend's calls in the quiet before, during and behind all rolling restarts together; undefined when there were none. */
export function rollingRestarts(struck: readonly StruckFault[], wishes: readonly Wish[]): RollingRestarts | undefined {
  const those = struck.filter(({ kind }) => kind === rollingRestart.name)
  if (those.length === 0) return undefined
  const calls = wishes.filter(({ of }) => of === 'backend')
  const inRestarts = those.map(({ at, wholeAt }) => ({ from: at, until: wholeAt }))
  return {
    before: latencies(within(calls, those.map(({ calmFrom, at }) => ({ from: calmFrom, until: at })))),
    during: latencies(within(calls, inRestarts)),
    after: latencies(within(calls, those.map(({ wholeAt }) => ({ from: wholeAt, until: wholeAt + calmMs })))),
    givenUp: within(wishes, inRestarts).reduce((sum, { givenUp }) => sum + givenUp, 0),
  }
}

/** Those that were begun in one of the spans. */
function within(calls: readonly Wish[], spans: readonly Span[]): readonly Wish[] {
  return calls.filter((call) => spans.some(({ from, until }) => call.from >= from && call.from < until))
}

function latencies(calls: readonly Wish[]): Latencies {
  const millis = calls.map(({ from, until }) => until - from)
  return { calls: millis.length, p50: quantile(millis, 0.5), p99: quantile(millis, 0.99), longest: Math.max(0, ...millis) }
}
