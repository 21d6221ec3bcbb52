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

interface Line {
  readonly level: 'warn' | 'error'
  readonly facts: unknown
  readonly what: string | undefined
}

/** Somebody could not reach the engine, which has not been asked yet. */
interface Suspicion {
  readonly since: Instant
  readonly err: unknown
  /** What could not be done since, for whoever reads the log when the engine is there after all. */
  readonly held: Line[]
}

/**
 * Everything that a node does fails while its database is away: each request, each look at the feed, at the clock, at appointments.
 * One line says as much as thousands, which would hide whatever else is said; those are kept for whoever listens at `debug`.
 *
 * Who waited in vain for a connection or an answer knows only that: a database with more to do than it can fails some and serves the
 * others. So it is asked first, on a connection that nobody else uses, and what failed meanwhile waits for its answer.
 */
export function watchOutage({ isLost, ping, clock, timers, log }: OutageDeps): Outage {
  let suspicion: Suspicion | undefined
  let away: { readonly since: Instant; unsaid: number } | undefined
  let hasEnded = false
  let takeBack = (): void => undefined

  const isThere = (): Promise<boolean> => ping().then(() => true, (error: unknown) => !isLost(error))

  /** Asks, and keeps what is said until there is an answer. */
  function suspect(err: unknown): Suspicion {
    const found: Suspicion = { since: clock.now(), err, held: [] }
    void isThere().then((is) => {
      if (suspicion !== found) return
      suspicion = undefined
      if (is) sayAll(found)
      else sayAway(found)
    })
    return found
  }

  function sayAll({ held }: Suspicion): void {
    for (const { level, facts, what } of held) log[level](facts, what)
  }

  function sayAway({ since, err, held }: Suspicion): void {
    away = { since, unsaid: held.length - 1 }
    log.warn({ err }, 'the database is away; this is said once, until it is back')
    for (const { facts, what } of held) log.debug(facts, what)
    askAgain()
  }

  /** The answer to the last question may come when the node has ended. */
  function askAgain(): void {
    if (hasEnded) return
    takeBack = timers.after(askEvery, () => void isThere().then((is) => (is ? sayBack() : askAgain())))
  }

  function sayBack(): void {
    if (!away) return
    const { since, unsaid } = away
    away = undefined
    log.info({ awaySeconds: (clock.now() - since) / 1000, unsaid }, 'the database is back')
  }

  const calm = (level: Line['level']) => (facts: unknown, what?: string): void => {
    const err = typeof facts === 'object' && facts !== null && 'err' in facts ? facts.err : undefined
    if (hasEnded || !isLost(err)) return log[level](facts, what)
    if (away) {
      away.unsaid += 1
      return log.debug(facts, what)
    }
    suspicion ??= suspect(err)
    suspicion.held.push({ level, facts, what })
  }

  return {
    log: Object.assign(log.child({}), { warn: calm('warn'), error: calm('error') }),
    [Symbol.dispose]() {
      hasEnded = true
      takeBack()
      if (suspicion) sayAll(suspicion)
      suspicion = away = undefined
    },
  }
}
