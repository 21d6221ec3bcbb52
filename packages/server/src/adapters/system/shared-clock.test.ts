import { instant, milliseconds, seconds, type Instant } from '@beckon/core'
import { createFakeClock, createFakeTimers, newYear } from '@beckon/core/testing'
import { clockContract } from '@beckon/core/testing/contracts/clock'
import { expect, test } from 'vitest'
import { createSharedClock } from './shared-clock.ts'
import { createTimers } from './timers.ts'

clockContract(() => createSharedClock({ timers: createTimers(), onMeasured: () => undefined, onFailed: () => undefined }))

/** The database's clock, and a machine whose own is `off` by so much. */
function aMachine({ off = 0, trips = [10] }: { readonly off?: number; readonly trips?: readonly number[] } = {}) {
  const truth = createFakeClock()
  const timers = createFakeTimers(truth)
  const state = { off, shift: 0, isAway: false }
  const waits = [...trips]
  const measured: number[] = []
  const failures: unknown[] = []
  const clock = createSharedClock({
    timers,
    onMeasured: (ahead) => measured.push(ahead),
    onFailed: (error) => failures.push(error),
    wall: () => truth.now() + state.off,
    elapsed: () => truth.now() - newYear + 5000,
  })
  /** The answer comes from the middle of the trip. */
  const reference = async (): Promise<Instant> => {
    if (state.isAway) throw new Error('away')
    const half = milliseconds((waits.length > 1 ? (waits.shift() ?? 0) : (waits[0] ?? 0)) / 2)
    truth.advance(half)
    const told = instant(truth.now() + state.shift)
    truth.advance(half)
    return told
  }
  return { truth, timers, clock, reference, state, measured, failures }
}

async function pass({ truth }: Pick<ReturnType<typeof aMachine>, 'truth'>, time: number): Promise<void> {
  for (let left = time; left > 0; left -= 1000) {
    truth.advance(milliseconds(Math.min(1000, left)))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test.each([0, 30_000, -30_000])('a machine that is %d ms off goes by the reference all the same', async (off) => {
  const machine = aMachine({ off })

  await machine.clock.follow(machine.reference)

  expect(machine.clock.now()).toBe(machine.truth.now())
  expect(machine.measured).toEqual([off])
})

test('machines that are a minute apart agree within the trip that it takes to ask', async () => {
  const [fast, slow] = [aMachine({ off: 30_000, trips: [40, 4, 90] }), aMachine({ off: -30_000, trips: [8, 120, 60] })]
  await Promise.all([fast.clock.follow(fast.reference), slow.clock.follow(slow.reference)])

  const [one, other] = [fast, slow].map(({ clock, truth }) => clock.now() - truth.now())

  expect(Math.abs((one ?? Infinity) - (other ?? Infinity))).toBeLessThanOrEqual(8)
})

test('the quickest of several answers counts', async () => {
  const machine = aMachine({ trips: [400, 2, 300, 500, 200, 100, 100, 100] })
  const { truth, clock } = machine
  const lopsided = async (): Promise<Instant> => {
    const asked = truth.now()
    await machine.reference()
    // All of the way was on the way back: the middle is wrong by half of the trip.
    return asked
  }

  await clock.follow(lopsided)

  expect(clock.now() - truth.now()).toBe(-1)
})

test('a machine whose clock is set while it runs does not notice', async () => {
  const machine = aMachine()
  await machine.clock.follow(machine.reference)

  machine.state.off = -3_600_000
  await pass(machine, 10_000)

  expect(machine.clock.now()).toBe(machine.truth.now())
})

test('a reference that goes back is followed without going back, and one that goes forward at once', async () => {
  const machine = aMachine({ trips: [0] })
  const { clock, truth, state } = machine
  await clock.follow(machine.reference)

  state.shift = -10_000
  const seen: number[] = []
  for (let second = 0; second < 60; second += 1) {
    await pass(machine, 1000)
    seen.push(clock.now())
  }
  expect(seen).toEqual(seen.toSorted((one, other) => one - other))
  expect(clock.now()).toBe(truth.now() - 10_000)

  state.shift = 10_000
  await pass(machine, 31_000)
  expect(clock.now()).toBe(truth.now() + 10_000)
})

test('a reference that is away for a while is missed by nobody', async () => {
  const machine = aMachine({ trips: [0] })
  const { clock, truth, state, failures } = machine
  await clock.follow(machine.reference)

  state.isAway = true
  await pass(machine, 40_000)
  expect(clock.now()).toBe(truth.now())
  expect(failures.length).toBeGreaterThan(0)

  state.isAway = false
  state.shift = 500
  await pass(machine, 3000)
  expect(clock.now()).toBe(truth.now() + 500)
})

test('a reference that cannot be read at the start is told to whoever starts, and one that was let go of is not asked again', async () => {
  const machine = aMachine()
  machine.state.isAway = true
  await expect(machine.clock.follow(machine.reference)).rejects.toThrow('away')

  machine.state.isAway = false
  await machine.clock.follow(machine.reference)
  machine.clock[Symbol.dispose]()
  await pass(machine, seconds(60))

  expect(machine.measured).toHaveLength(1)
  expect(machine.timers.waiting).toBe(0)
})
