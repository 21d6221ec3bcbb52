import { minutes, seconds, StoreUnavailable, toId, type Store } from '@beckon/core'
import { createFakeClock, createFakeTimers, createMemoryStore, newYear } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { watchAppointments } from './appointment-watch.ts'

function aWatch() {
  const clock = createFakeClock()
  const timers = createFakeTimers(clock)
  const store: Store = createMemoryStore({ clock })
  const said: string[] = []
  const overdueSeconds: number[] = []
  const log = { warn: (_: object, what: string) => said.push(what), info: (_: object, what: string) => said.push(what), error: (_: object, what: string) => said.push(what) }
  let isAway = false
  const reader = { nextTimerAt: () => (isAway ? Promise.reject(new StoreUnavailable('away')) : store.nextTimerAt()) }
  const watch = watchAppointments({ reader, clock, timers, log, onLooked: (late) => overdueSeconds.push(late) })
  return {
    watch, said, overdueSeconds, store, clock,
    appoint: () => store.transact({ need: {}, decide: () => ({ result: undefined, changes: [{ kind: 'put-timer', timer: { id: 't', dueAt: newYear, job: { kind: 'expire-session', contactId: toId('c'), sessionId: toId('s') } } }] }) }),
    goAway: (away: boolean) => { isAway = away },
    /** Time passes, and every look that falls into it is had. */
    async pass(count: number) {
      for (let each = 0; each < count; each += 1) {
        clock.advance(seconds(10))
        await new Promise(setImmediate)
      }
    },
  }
}

test('appointments that nobody keeps are told of once, with since when', async () => {
  const at = aWatch()
  await at.appoint()

  await at.pass(4)
  expect([at.watch.overdueSince(), at.said]).toEqual([undefined, []])
  await at.pass(6)

  expect(at.watch.overdueSince()).toBe(newYear)
  expect(at.said).toEqual([expect.stringContaining('start a node with BECKON_ROLE=worker or all')])
  expect(at.overdueSeconds.at(-1)).toBe(100)
})

test('when somebody keeps them again, that is told once too', async () => {
  const at = aWatch()
  await at.appoint()
  await at.pass(6)

  await at.store.claimTimers(at.clock.now(), minutes(1), 10)
  await at.pass(3)

  expect(at.watch.overdueSince()).toBeUndefined()
  expect(at.said).toEqual([expect.any(String), 'appointments are kept again'])
  expect(at.overdueSeconds.at(-1)).toBe(0)
})

test('a store that is away changes nothing of what was seen last, and is no news of appointments', async () => {
  const at = aWatch()
  await at.appoint()
  await at.pass(6)

  at.goAway(true)
  await at.pass(6)
  at.goAway(false)
  await at.pass(1)

  expect(at.watch.overdueSince()).toBe(newYear)
  expect(at.said).toHaveLength(1)
})

test('nothing is looked at any more when the watch has ended', async () => {
  const at = aWatch()
  at.watch[Symbol.dispose]()

  await at.pass(3)

  expect(at.overdueSeconds).toEqual([])
})
