import { plus, type Duration, type Instant, type Reader, type Timer, type TimerJob } from '@beckon/core'
import type { Pool } from 'pg'
import { number, text } from '../sql/row.ts'
import { readRows } from './connect.ts'
import type { Query } from './reading/query.ts'

/** Appointments that another node is about to take are passed over rather than waited for. */
const claim = `WITH due AS MATERIALIZED (
    SELECT id FROM timers WHERE greatest(due_at, leased_until) <= $1 ORDER BY greatest(due_at, leased_until) LIMIT $3 FOR UPDATE SKIP LOCKED
  ) UPDATE timers SET leased_until = $2 FROM due WHERE timers.id = due.id RETURNING timers.id, timers.due_at, timers.job`

/** The earliest first. Rejects with `StoreUnavailable`; what was claimed all the same comes back when its lease ends. */
export async function claimTimers(pool: Pool, now: Instant, lease: Duration, limit: number): Promise<readonly Timer[]> {
  const rows = await readRows(pool, { name: 'claim_timers', text: claim, values: [now, plus(now, lease), limit] })
  const timers = rows.map((row): Timer => ({ id: text(row, 'id'), dueAt: number(row, 'due_at') as Instant, job: JSON.parse(text(row, 'job')) as TimerJob }))
  return timers.toSorted((one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1))
}

export function createTimerReader(query: Query): Pick<Reader, 'nextTimerAt'> {
  return {
    async nextTimerAt() {
      const row = await query.first('next_timer', 'SELECT greatest(due_at, leased_until) AS at FROM timers ORDER BY greatest(due_at, leased_until) LIMIT 1', [])
      return row && (number(row, 'at') as Instant)
    },
  }
}
