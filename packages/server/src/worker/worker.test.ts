import { between, instant, milliseconds, plus, seconds, StoreUnavailable, toId, type Hint, type Instant, type Timer } from '@beckon/core'
import { expect, test } from 'vitest'
import { createWorker } from './worker.ts'

const start = instant(1_000_000)

function aTimer(id: string, dueAt: Instant): Timer {
  return { id, dueAt, job: { kind: 'expire-session', contactId: toId('contact'), sessionId: toId('session') } }
}

/** A worker over a table of timers in memory, in a world whose time moves only by hand. */
function aWorld() {
  const world = { now: start, claims: 0, isStoreAway: false, kept: [] as string[], failing: new Set<string>(), logged: [] as string[] }
  const table = new Map<string, { timer: Timer; leasedUntil: number }>()
  const waits = new Set<{ readonly at: number; readonly ring: () => void }>()
  const listeners = new Set<(hint: Hint) => void>()
  const abort = new AbortController()
  const worker = createWorker({
    clock: { now: () => world.now },
    timers: {
      after(wait, ring) {
        const waiting = { at: world.now + wait, ring }
        waits.add(waiting)
        return () => waits.delete(waiting)
      },
    },
    bus: {
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    store: {
      async claimTimers(now, lease, limit) {
        world.claims += 1
        if (world.isStoreAway) throw new StoreUnavailable('away')
        const due = [...table.values()].filter((row) => row.timer.dueAt <= now && row.leasedUntil <= now).slice(0, limit)
        for (const row of due) row.leasedUntil = plus(now, lease)
        return due.map((row) => row.timer)
      },
      async nextTimerAt() {
        const due = [...table.values()].map((row) => row.timer.dueAt)
        return due.length === 0 ? undefined : instant(Math.min(...due))
      },
    },
    async keepAppointment(timer) {
      if (world.failing.has(timer.id)) throw new StoreUnavailable('away')
      table.delete(timer.id)
      world.kept.push(timer.id)
    },
    log: { warn: (_facts, what) => world.logged.push(what), error: (_facts, what) => world.logged.push(what) },
  })
  const running = worker.run(abort.signal)
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  }
  return {
    world,
    settle,
    put: (timer: Timer) => table.set(timer.id, { timer, leasedUntil: 0 }),
    hint: (dueAt: Instant) => listeners.forEach((listener) => listener({ kind: 'committed', batch: [{ entries: [], conversations: [], sessions: [], events: [], dueAt }] })),
    async pass(wait: number) {
      await settle()
      const until = world.now + wait
      for (;;) {
        const next = [...waits].filter((one) => one.at <= until).toSorted((one, other) => one.at - other.at)[0]
        if (!next) break
        waits.delete(next)
        world.now = instant(Math.max(world.now, next.at))
        next.ring()
        await settle()
      }
      world.now = instant(until)
    },
    async [Symbol.asyncDispose]() {
      abort.abort()
      await running
      expect(waits.size + listeners.size).toBe(0)
    },
  }
}

test('an appointment is kept when it is due, and not before', async () => {
  await using clockwork = aWorld()
  clockwork.put(aTimer('a', plus(start, seconds(5))))

  await clockwork.pass(4999)
  expect(clockwork.world.kept).toEqual([])

  await clockwork.pass(1)
  expect(clockwork.world.kept).toEqual(['a'])
})

test('hundreds of appointments that are due at once are all kept at once', async () => {
  await using clockwork = aWorld()
  for (let index = 0; index < 350; index += 1) clockwork.put(aTimer(`${index}`, plus(start, milliseconds(500))))

  await clockwork.pass(1000)

  expect(new Set(clockwork.world.kept).size).toBe(350)
  expect(clockwork.world.kept).toHaveLength(350)
})

test('an appointment made while the worker sleeps wakes it in time', async () => {
  await using clockwork = aWorld()
  await clockwork.pass(10)

  clockwork.put(aTimer('soon', plus(start, milliseconds(50))))
  clockwork.hint(plus(start, milliseconds(50)))
  await clockwork.pass(40)

  expect(clockwork.world.kept).toEqual(['soon'])
})

test('an appointment whose hint was lost is kept within a second', async () => {
  await using clockwork = aWorld()
  await clockwork.pass(10)

  clockwork.put(aTimer('unannounced', plus(start, milliseconds(50))))
  await clockwork.pass(1000)

  expect(clockwork.world.kept).toEqual(['unannounced'])
})

test('with nothing to do, the worker looks once a second and no more', async () => {
  await using clockwork = aWorld()

  await clockwork.pass(60_000)

  expect(clockwork.world.claims).toBeLessThanOrEqual(61)
})

test('an appointment that fails comes back after its lease and does not keep the worker spinning meanwhile', async () => {
  await using clockwork = aWorld()
  clockwork.put(aTimer('stubborn', start))
  clockwork.world.failing.add('stubborn')

  await clockwork.pass(20_000)
  expect(clockwork.world.claims).toBeLessThan(30)
  clockwork.world.failing.clear()
  await clockwork.pass(15_000)

  expect(clockwork.world.kept).toEqual(['stubborn'])
  expect(clockwork.world.logged).toEqual(['an appointment failed and will be tried again'])
})

test('while the store is away the worker asks less and less often, and goes on when it is back', async () => {
  await using clockwork = aWorld()
  await clockwork.pass(10)
  clockwork.put(aTimer('a', plus(start, seconds(1))))
  clockwork.world.isStoreAway = true

  await clockwork.pass(60_000)
  expect(clockwork.world.claims).toBeLessThan(20)
  clockwork.world.isStoreAway = false
  await clockwork.pass(10_000)

  expect(clockwork.world.kept).toEqual(['a'])
  expect(between(start, clockwork.world.now)).toBe(70_010)
})

test('asked to stop, the worker finishes what it holds', async () => {
  const clockwork = aWorld()
  clockwork.put(aTimer('a', plus(start, milliseconds(20))))
  await clockwork.pass(20)

  await clockwork[Symbol.asyncDispose]()

  expect(clockwork.world.kept).toEqual(['a'])
})
