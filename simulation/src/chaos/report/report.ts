import type { ChaosOptions } from '../options.ts'

/** One fault as it was made; times in ms on the recorder's clock. */
export interface StruckFault {
  readonly kind: string
  /** In words, with the node and for how long. */
  readonly what: string
  /** From here to `at` nothing was broken. */
  readonly calmFrom: number
  readonly at: number
  /** Nothing was broken any more. */
  readonly wholeAt: number
  /** Callers were served again. */
  readonly recoveredAt: number
}

export interface ChaosReport {
  readonly options: ChaosOptions
  readonly faults: readonly KindOfFault[]
  readonly rollingRestarts: RollingRestarts | undefined
  readonly counts: Counts
  /** What must not be, in words. Empty when the run has proved what it is to prove. */
  readonly violations: readonly string[]
}

/** The faults of one kind, as those outside felt them: ms from asking to the acknowledgement, retries included. */
export interface KindOfFault {
  readonly kind: string
  readonly count: number
  /** The longest that a backend's call took, at the worst fault and at the median one. */
  readonly backend: Longest
  readonly guest: Longest
  /** Calls for which the SDK's own retries did not suffice. */
  readonly givenUp: number
}

export interface Longest {
  readonly worst: number
  readonly median: number
}

/** Latencies of a backend's calls in ms. */
export interface RollingRestarts {
  readonly before: Latencies
  readonly during: Latencies
  readonly after: Latencies
  /** Calls for which the SDK's own retries did not suffice: there must be none. */
  readonly givenUp: number
}

export interface Latencies {
  readonly calls: number
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

export interface Counts {
  readonly seconds: number
  /** Attempts at anything, over HTTP and over sockets. */
  readonly requests: number
  /** Attempts that repeated an earlier one. */
  readonly retries: number
  /** Attempts that no answer told the outcome of. */
  readonly unknown: number
  /** Messages that were acknowledged, of guests and of backends. */
  readonly messages: number
  readonly scheduled: number
  readonly sockets: number
  readonly entries: number
  readonly events: number
}
