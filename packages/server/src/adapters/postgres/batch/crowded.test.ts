import { toId, type Work } from '@beckon/core'
import { aContact } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { startPostgres } from '../../../testing/services/postgres-cluster.ts'
import { createSystemClock } from '../../system/clock.ts'
import { createIdSource } from '../../system/ids.ts'
import { createTimers } from '../../system/timers.ts'
import { openPostgresStore } from '../open.ts'

/** Room for a few hundred locks: what many nodes have left in a burst. */
const small = { max_connections: '20', max_locks_per_transaction: '10', max_worker_processes: '0', autovacuum_max_workers: '1', max_wal_senders: '0' }

test('where there is no room for the locks of a whole batch, its decisions are made all the same', { timeout: 60_000 }, async () => {
  await using cluster = await startPostgres({ settings: small })
  const clock = createSystemClock()
  await using store = await openPostgresStore({ url: await cluster.createDatabase(), clock, timers: createTimers(), ids: createIdSource(clock) })
  const names = Array.from({ length: 600 }, (_, index) => String(index))

  const outcomes = await Promise.allSettled(names.map((name) => store.transact(begin(name))))

  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
})

/** Takes a lock for each of the names under which others might look for what it makes. */
function begin(name: string): Work<void> {
  const id = toId<'contact'>(`contact-${name}`)
  return {
    need: { contactId: id, externalId: `crm-${name}`, idempotencyKey: `begin-${name}` },
    decide: () => ({ result: undefined, changes: [{ kind: 'put-contact', contact: aContact({ id, externalId: `crm-${name}` }) }] }),
  }
}
