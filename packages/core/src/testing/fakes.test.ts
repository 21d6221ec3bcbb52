import { describe, expect, test } from 'vitest'
import { instant, milliseconds, minutes, plus, seconds } from '../domain/instant.ts'
import { attachmentFilesContract } from './contracts/attachment-files.contract.ts'
import { busContract } from './contracts/bus.contract.ts'
import { clockContract } from './contracts/clock.contract.ts'
import { idSourceContract } from './contracts/id-source.contract.ts'
import { presenceContract } from './contracts/presence.contract.ts'
import { secretsContract } from './contracts/secrets.contract.ts'
import { timersContract } from './contracts/timers.contract.ts'
import { createFakeClock, createFakeTimers, newYear } from './fake-clock.ts'
import { createMemoryAttachmentFiles } from './memory-attachment-files.ts'
import { createMemoryBus } from './memory-bus.ts'
import { createMemoryPresence } from './memory-presence.ts'
import { createPlainSecrets } from './plain-secrets.ts'
import { createSequenceIds } from './sequence-ids.ts'

clockContract(() => createFakeClock())
idSourceContract(createSequenceIds)
secretsContract(createPlainSecrets)
presenceContract(createMemoryPresence)
attachmentFilesContract(async () => {
  const files = createMemoryAttachmentFiles()
  return { files, leftovers: async () => files.keys, [Symbol.asyncDispose]: async () => undefined }
})
busContract(() => Promise.resolve({ bus: createMemoryBus(), settled: () => Promise.resolve() }))
timersContract(() => {
  const clock = createFakeClock()
  return { timers: createFakeTimers(clock), pass: (time) => clock.advance(time) }
})

describe('a fake clock', () => {
  test('stands still until it is moved', () => {
    const clock = createFakeClock()

    expect([clock.now(), clock.now()]).toEqual([newYear, newYear])
    clock.advance(minutes(1))
    expect(clock.now()).toBe(plus(newYear, minutes(1)))
    clock.set(instant(42))
    expect(clock.now()).toBe(42)
  })

  test('rings each alarm at its own moment, those set on the way included', () => {
    const clock = createFakeClock()
    const timers = createFakeTimers(clock)
    const rung: number[] = []
    timers.after(seconds(2), () => rung.push(clock.now() - newYear))
    timers.after(seconds(1), () => timers.after(milliseconds(500), () => rung.push(clock.now() - newYear)))
    expect(timers.waiting).toBe(2)

    clock.advance(seconds(10))

    expect(rung).toEqual([1500, 2000])
    expect(timers.waiting).toBe(0)
    expect(clock.now() - newYear).toBe(10_000)
  })
})

test('a memory bus remembers what was published and what listeners threw', () => {
  const bus = createMemoryBus()
  bus.subscribe(() => {
    throw new Error('a listener with a bug')
  })

  bus.publish({ kind: 'access-changed' })

  expect(bus.heard).toEqual([{ kind: 'access-changed' }])
  expect(bus.failures).toHaveLength(1)
})
