import { instant, plus, type Duration, type Instant } from '../domain/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { Timers } from '../ports/timers.ts'

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Jumps, without ringing what lies between: a machine that was asleep, or whose clock was set. */
  set(at: Instant): void
  /** Lets time pass, ringing every alarm on the way at its own moment. */
  advance(by: Duration): void
}

/** Waiting that only `advance` of its clock ends. */
export interface FakeTimers extends Timers {
  /** Callbacks not yet called and not taken back. */
  readonly waiting: number
}

interface Alarm {
  readonly at: Instant
  readonly ring: () => void
}

const alarmsByClock = new WeakMap<FakeClock, Set<Alarm>>()

/** 2026-01-01T00:00:00Z, so that no test depends on the day it runs. */
export const newYear = instant(1_767_225_600_000)

export function createFakeClock(start: Instant = newYear): FakeClock {
  let now = start
  const alarms = new Set<Alarm>()
  const clock: FakeClock = {
    now: () => now,
    set(at) {
      now = at
    },
    advance(by) {
      const until = plus(now, by)
      for (let alarm = nextAlarm(alarms, until); alarm; alarm = nextAlarm(alarms, until)) {
        alarms.delete(alarm)
        now = instant(Math.max(now, alarm.at))
        alarm.ring()
      }
      now = until
    },
  }
  alarmsByClock.set(clock, alarms)
  return clock
}

export function createFakeTimers(clock: FakeClock): FakeTimers {
  const mine = new Set<Alarm>()
  const all = alarmsByClock.get(clock) ?? new Set<Alarm>()
  return {
    get waiting() {
      return mine.size
    },
    after(wait, callback) {
      const alarm: Alarm = {
        at: plus(clock.now(), wait),
        ring() {
          mine.delete(alarm)
          callback()
        },
      }
      mine.add(alarm)
      all.add(alarm)
      return () => {
        mine.delete(alarm)
        all.delete(alarm)
      }
    },
  }
}

function nextAlarm(alarms: ReadonlySet<Alarm>, until: Instant): Alarm | undefined {
  let next: Alarm | undefined
  for (const alarm of alarms) {
    if (alarm.at <= until && (!next || alarm.at < next.at)) next = alarm
  }
  return next
}
