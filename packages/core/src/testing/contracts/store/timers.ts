import { describe, expect, test } from 'vitest'
import { minutes, plus, seconds, type Duration } from '../../../domain/instant.ts'
import { toId } from '../../../domain/ids.ts'
import type { Change, Timer } from '../../../ports/store.ts'
import { newYear } from '../../fake-clock.ts'
import { opened, write, type OpenStore } from './open-store.ts'

const lease = seconds(30)

export function timersTableContract(open: OpenStore): void {
  describe('a timer', () => {
    test('is claimed when it is due, the earliest first, with its job', async () => {
      await using at = await opened(open)
      await write(at.store, put('b', minutes(2)), put('a', minutes(1)), put('c', minutes(3)))

      expect(await at.store.claimTimers(plus(newYear, seconds(59)), lease, 10)).toEqual([])
      expect(await at.store.claimTimers(plus(newYear, minutes(2)), lease, 10)).toEqual([timer('a', minutes(1)), timer('b', minutes(2))])
    })

    test('is claimed by nobody else until its lease is over, and then again', async () => {
      await using at = await opened(open)
      await write(at.store, put('a', minutes(1)))
      const now = plus(newYear, minutes(1))

      expect(await at.store.claimTimers(now, lease, 10)).toHaveLength(1)
      expect(await at.store.claimTimers(plus(now, seconds(29)), lease, 10)).toEqual([])
      expect(await at.store.claimTimers(plus(now, lease), lease, 10)).toHaveLength(1)
    })

    test('is claimed once by many who ask at the same time', async () => {
      await using at = await opened(open)
      await write(at.store, ...Array.from({ length: 20 }, (_, index) => put(`t${index}`, minutes(1))))
      const now = plus(newYear, minutes(1))

      const claims = await Promise.all(Array.from({ length: 5 }, () => at.store.claimTimers(now, lease, 8)))

      const ids = claims.flat().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toHaveLength(20)
      for (const claim of claims) expect(claim.length).toBeLessThanOrEqual(8)
    })

    test('that is dropped never comes back', async () => {
      await using at = await opened(open)
      await write(at.store, put('a', minutes(1)))
      await at.store.claimTimers(plus(newYear, minutes(1)), lease, 10)

      await write(at.store, { kind: 'drop-timer', id: 'a' }, { kind: 'drop-timer', id: 'unknown' })

      expect(await at.store.claimTimers(plus(newYear, minutes(60)), lease, 10)).toEqual([])
      expect(await at.store.nextTimerAt()).toBeUndefined()
    })

    test('that is put again moves, and its lease ends with that', async () => {
      await using at = await opened(open)
      await write(at.store, put('a', minutes(1)))
      await at.store.claimTimers(plus(newYear, minutes(1)), lease, 10)

      await write(at.store, put('a', minutes(2)))

      expect(await at.store.claimTimers(plus(newYear, minutes(1)), lease, 10)).toEqual([])
      expect(await at.store.nextTimerAt()).toBe(plus(newYear, minutes(2)))
      expect(await at.store.claimTimers(plus(newYear, minutes(2)), lease, 10)).toEqual([timer('a', minutes(2))])
    })

    test('that is dropped and put in one decision stays, for its new time', async () => {
      await using at = await opened(open)
      await write(at.store, put('a', minutes(1)))

      await write(at.store, { kind: 'drop-timer', id: 'a' }, put('a', minutes(5)))

      expect(await at.store.nextTimerAt()).toBe(plus(newYear, minutes(5)))
    })

    test('tells when the next claim can have something: due times, and ends of leases', async () => {
      await using at = await opened(open)
      expect(await at.store.nextTimerAt()).toBeUndefined()
      await write(at.store, put('a', minutes(1)), put('b', minutes(9)))
      expect(await at.store.nextTimerAt()).toBe(plus(newYear, minutes(1)))

      await at.store.claimTimers(plus(newYear, minutes(1)), lease, 10)

      expect(await at.store.nextTimerAt()).toBe(plus(newYear, seconds(90)))
    })
  })
}

function put(id: string, after: Duration): Change {
  return { kind: 'put-timer', timer: timer(id, after) }
}

function timer(id: string, after: Duration): Timer {
  return { id, dueAt: plus(newYear, after), job: { kind: 'close-idle', contactId: toId('contact-1'), conversationId: toId('conversation-1') } }
}
