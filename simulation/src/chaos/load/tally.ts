/** One thing that a caller wanted, from the first try until it was acknowledged. */
export interface Wish {
  /** `doubled`: asked for twice at once under one key, so that one of the two is told to wait a second. */
  readonly of: 'guest' | 'backend' | 'doubled'
  readonly from: number
  readonly until: number
  /** How often the documented retries were used up and the caller began anew. */
  readonly givenUp: number
}

/** Counts while the run goes on; times in ms on the recorder's clock. */
export interface Tally {
  readonly wishes: readonly Wish[]
  readonly granted: (wish: Wish) => void
  /** Answers that no caller should ever get: neither an acknowledgement nor a passing outage. */
  readonly surprises: readonly string[]
  readonly surprise: (what: string) => void
}

export function createTally(): Tally {
  const wishes: Wish[] = []
  const surprises: string[] = []
  return { wishes, surprises, granted: (wish) => void wishes.push(wish), surprise: (what) => void surprises.push(what) }
}
