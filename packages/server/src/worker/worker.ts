import { between, instant, milliseconds, plus, seconds, StoreUnavailable, type Bus, type Clock, type Duration, type Instant, type Store, type Timer, type Timers } from '@beckon/core'

export interface WorkerDeps {
  readonly store: Pick<Store, 'claimTimers' | 'nextTimerAt'>
  readonly keepAppointment: (timer: Timer) => Promise<void>
  readonly clock: Clock
  readonly timers: Timers
  readonly bus: Pick<Bus, 'subscribe'>
  readonly log: { readonly warn: (facts: object, what: string) => void; readonly error: (facts: object, what: string) => void }
  readonly kept?: (timer: Timer, outcome: 'kept' | 'failed', lag: Duration) => void
}

export interface Worker {
  /** Keeps appointments until the signal; resolves when the ones in hand are done. */
  run(signal: AbortSignal): Promise<void>
}

/** Long enough for the slowest commit, short enough that another node soon takes over from one that died. */
const lease = seconds(30)
const claimAtOnce = 100
/** Hints may be lost, and other nodes make appointments too: look this often even when nothing is known to be due. */
const longestSleep = seconds(1)
const firstBackoff = milliseconds(100)
const longestBackoff = seconds(10)

/**
 * Keeps appointments as they come due. Being claimed twice does no harm, because keeping one drops its timer in the same
 * transaction; one that fails is not dropped and comes back when its lease ends.
 */
export function createWorker(deps: WorkerDeps): Worker {
  const alarm = createAlarm(deps)
  return {
    async run(signal) {
      const stopHearing = alarm.hear()
      let failures = 0
      while (!signal.aborted) {
        const wait = await keepDue(deps).catch((error: unknown) => backoff(deps, error, failures + 1))
        failures = wait.failed ? failures + 1 : 0
        if (wait.until !== undefined) await alarm.sleep(wait.until, signal)
      }
      stopHearing()
    },
  }
}

interface Wait {
  readonly failed: boolean
  /** Undefined to look again at once. */
  readonly until: Instant | undefined
}

async function keepDue(deps: WorkerDeps): Promise<Wait> {
  const claimed = await deps.store.claimTimers(deps.clock.now(), lease, claimAtOnce)
  await Promise.all(claimed.map((timer) => keep(deps, timer)))
  if (claimed.length > 0) return { failed: false, until: undefined }
  const now = deps.clock.now()
  const latest = plus(now, longestSleep)
  const next = await deps.store.nextTimerAt()
  // What is due and yet was not to be had is in somebody's lease: asking again at once would only spin.
  const isAhead = next !== undefined && next > now && next < latest
  return { failed: false, until: isAhead ? next : latest }
}

async function keep({ keepAppointment, clock, log, kept }: WorkerDeps, timer: Timer): Promise<void> {
  try {
    await keepAppointment(timer)
    kept?.(timer, 'kept', between(timer.dueAt, clock.now()))
  } catch (error) {
    kept?.(timer, 'failed', between(timer.dueAt, clock.now()))
    log.error({ err: error, job: timer.job.kind, timer: timer.id }, 'an appointment failed and will be tried again')
  }
}

function backoff({ clock, log }: WorkerDeps, error: unknown, failures: number): Wait {
  const wait = milliseconds(Math.min(longestBackoff, firstBackoff * 2 ** (failures - 1)))
  if (error instanceof StoreUnavailable) log.warn({ err: error, wait }, 'appointments wait for the store')
  else log.error({ err: error, wait }, 'appointments could not be looked up')
  return { failed: true, until: plus(clock.now(), wait) }
}

/** Sleep that ends early for an appointment made meanwhile, or made while nobody slept. */
function createAlarm({ bus, clock, timers }: WorkerDeps) {
  let earliest: Instant | undefined
  let onEarlier: (() => void) | undefined

  function heard(dueAt: Instant): void {
    if (earliest !== undefined && earliest <= dueAt) return
    earliest = dueAt
    onEarlier?.()
  }

  return {
    hear(): () => void {
      return bus.subscribe((hint) => {
        if (hint.kind !== 'committed') return
        for (const { dueAt } of hint.batch) if (dueAt !== undefined) heard(dueAt)
      })
    },
    async sleep(until: Instant, signal: AbortSignal): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      const left = (): Duration => milliseconds(Math.max(0, between(clock.now(), instant(Math.min(until, earliest ?? until)))))
      let takeBack = timers.after(left(), resolve)
      onEarlier = () => {
        takeBack()
        takeBack = timers.after(left(), resolve)
      }
      const stop = (): void => resolve()
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      await promise
      signal.removeEventListener('abort', stop)
      takeBack()
      onEarlier = undefined
      earliest = undefined
    },
  }
}
