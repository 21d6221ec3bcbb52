import { overdueSince, seconds, StoreUnavailable, type Clock, type Duration, type Instant, type Reader, type Timers } from '@beckon/core'

export interface AppointmentWatchDeps {
  readonly reader: Pick<Reader, 'nextTimerAt'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: { readonly warn: (facts: object, what: string) => void; readonly info: (facts: object, what: string) => void; readonly error: (facts: object, what: string) => void }
  /** For how long the oldest appointment has been overdue; 0 where none is. */
  readonly onLooked: (overdueSeconds: number) => void
}

export interface AppointmentWatch extends Disposable {
  /** Since when appointments are due that nobody keeps, as of the last look. */
  overdueSince(): Instant | undefined
}

/** Nodes of every role look: one that keeps none itself is the one to notice that nobody does. */
const lookEvery: Duration = seconds(10)

export function watchAppointments({ reader, clock, timers, log, onLooked }: AppointmentWatchDeps): AppointmentWatch {
  let since: Instant | undefined
  let takeBack = (): void => undefined
  let isOver = false

  const wait = (): void => {
    if (!isOver) takeBack = timers.after(lookEvery, () => void look())
  }

  async function look(): Promise<void> {
    try {
      const now = clock.now()
      const was = since
      since = overdueSince(await reader.nextTimerAt(), now)
      onLooked(since === undefined ? 0 : (now - since) / 1000)
      if (since !== undefined && was === undefined) log.warn({ since: new Date(since).toISOString() }, 'appointments are overdue and nobody keeps them: scheduled messages are not sent; start a node with BECKON_ROLE=worker or all')
      if (since === undefined && was !== undefined) log.info({}, 'appointments are kept again')
    } catch (error) {
      // Others tell of a store that is away; what was seen last is as good as anything until it is back.
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'appointments could not be looked at')
    }
    wait()
  }

  wait()
  return {
    overdueSince: () => since,
    [Symbol.dispose]() {
      isOver = true
      takeBack()
    },
  }
}
