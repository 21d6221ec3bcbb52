import { seconds, type Clock, type Duration, type Instant, type Timers } from '@beckon/core'
import type { Log } from './log.ts'

interface OutageDeps {
  /** Whether an error says that the engine cannot be reached; one that was refused by an engine that is there is something else. */
  readonly isLost: (error: unknown) => boolean
  readonly ping: () => Promise<void>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

export interface Outage extends Disposable {
  /** A log for everybody who works with the engine: its absence is said once, by whoever notices first, and so is its return. */
  readonly log: Log
}

const askEvery: Duration = seconds(1)

/**
 * Everything that a node does fails while its database is away: each request, each look at the feed, at the clock, at appointments.
 * One line says as much as thousands, which would hide whatever else is said; those are kept for whoever listens at `debug`.
 */
export function watchOutage({ isLost, ping, clock, timers, log }: OutageDeps): Outage {
  let away: { readonly since: Instant; unsaid: number } | undefined
  let takeBack = (): void => undefined

  /** The one that noticed is told to go on asking; the others only wait for the answer. */
  const askAgain = (): void => {
    takeBack = timers.after(askEvery, () => void ping().then(sayBack, askAgain))
  }

  function sayBack(): void {
    if (!away) return
    const { since, unsaid } = away
    away = undefined
    log.info({ awaySeconds: (clock.now() - since) / 1000, unsaid }, 'the database is back')
  }

  function sayAway(err: unknown): void {
    away = { since: clock.now(), unsaid: 0 }
    log.warn({ err }, 'the database is away; this is said once, until it is back')
    askAgain()
  }

  const calm = (level: 'warn' | 'error') => (facts: unknown, what?: string): void => {
    const err = typeof facts === 'object' && facts !== null && 'err' in facts ? facts.err : undefined
    if (!isLost(err)) return log[level](facts, what)
    if (away) away.unsaid += 1
    else sayAway(err)
    log.debug(facts, what)
  }

  return {
    log: Object.assign(log.child({}), { warn: calm('warn'), error: calm('error') }),
    [Symbol.dispose]() {
      away = undefined
      takeBack()
    },
  }
}
