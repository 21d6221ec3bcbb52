import { milliseconds, seconds, type Clock, type Instant, type Timers } from '@beckon/core'
import { createSystemClock } from './clock.ts'

/** A clock that goes by another: all nodes that follow the same one agree, whatever their machines' clocks say. */
export interface SharedClock extends Clock, Disposable {
  /** Resolves when the reference was read for the first time, and rejects when it cannot be. Before it, the time is the machine's. */
  follow(reference: () => Promise<Instant>): Promise<void>
}

interface SharedClockDeps {
  readonly timers: Timers
  /** After each measurement: by how many milliseconds the machine's clock is ahead of the reference. */
  readonly onMeasured: (ahead: number) => void
  /** A later measurement failed: the time goes on as measured before. */
  readonly onFailed: (error: unknown) => void
  /** The machine's own hands, in milliseconds. */
  readonly wall?: () => number
  readonly elapsed?: () => number
}

const measureEvery = seconds(30)
const tryAgainAfter = seconds(2)
const samplesAtFirst = 8
const samplesLater = 3

/**
 * The reference's time is that of the middle of a question's round trip, and the quickest of a few questions knows it best:
 * nodes agree within half of it each (ADR 0034). Between measurements time goes by the machine's count of what has
 * elapsed, which nobody sets; time never goes back, but slows down until a reference that is behind has caught up.
 */
export function createSharedClock({ timers, onMeasured, onFailed, wall = Date.now, elapsed = () => performance.now() }: SharedClockDeps): SharedClock {
  let clock: Clock = createSystemClock(wall, elapsed)
  /** From what has elapsed to the reference's time. */
  let offset = 0
  let stop: (() => void) | undefined
  let isStopped = false

  async function measure(reference: () => Promise<Instant>, samples: number): Promise<void> {
    let best: { readonly trip: number; readonly offset: number } | undefined
    for (let sample = 0; sample < samples; sample += 1) {
      const asked = elapsed()
      const told = await reference()
      const answered = elapsed()
      if (!best || answered - asked < best.trip) best = { trip: answered - asked, offset: told - (asked + answered) / 2 }
    }
    offset = best?.offset ?? offset
    onMeasured(wall() - (elapsed() + offset))
  }

  function measureAgain(reference: () => Promise<Instant>, wait: number): void {
    if (isStopped) return
    stop = timers.after(milliseconds(wait), () => {
      measure(reference, samplesLater).then(
        () => measureAgain(reference, measureEvery),
        (error: unknown) => {
          onFailed(error)
          measureAgain(reference, tryAgainAfter)
        },
      )
    })
  }

  return {
    now: () => clock.now(),
    async follow(reference) {
      await measure(reference, samplesAtFirst)
      // Begun anew: a machine that is ahead would otherwise have to wait for the others.
      clock = createSystemClock(() => elapsed() + offset, elapsed)
      measureAgain(reference, measureEvery)
    },
    [Symbol.dispose]() {
      isStopped = true
      stop?.()
    },
  }
}
