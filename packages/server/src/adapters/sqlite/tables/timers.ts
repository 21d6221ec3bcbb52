import { plus, type Duration, type Instant, type Timer, type TimerJob } from '@beckon/core'
import { number, text } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

export type Timers = ReturnType<typeof createTimers>

export function createTimers(db: Connection) {
  const put = db.prepare('INSERT INTO timers (id, due_at, job) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, leased_until = 0, job = excluded.job')
  const drop = db.prepare('DELETE FROM timers WHERE id = ?')
  const due = db.prepare('SELECT id, due_at, job FROM timers WHERE max(due_at, leased_until) <= ? ORDER BY max(due_at, leased_until), id LIMIT ?')
  const lease = db.prepare('UPDATE timers SET leased_until = ? WHERE id = ?')
  const free = db.prepare('UPDATE timers SET leased_until = 0 WHERE leased_until > 0')
  const next = db.prepare('SELECT min(max(due_at, leased_until)) AS at FROM timers')

  return {
    put: (timer: Timer) => put.run(timer.id, timer.dueAt, JSON.stringify(timer.job)),
    drop: (id: string) => drop.run(id),
    claim(now: Instant, length: Duration, limit: number): readonly Timer[] {
      const timers = due.all(now, limit).map((row): Timer => ({
        id: text(row, 'id'),
        dueAt: number(row, 'due_at') as Instant,
        job: JSON.parse(text(row, 'job')) as TimerJob,
      }))
      for (const timer of timers) lease.run(plus(now, length), timer.id)
      return timers
    },
    freeAll: () => free.run(),
    nextAt(): Instant | undefined {
      const row = next.get()
      return row?.['at'] === null || row === undefined ? undefined : (number(row, 'at') as Instant)
    },
  }
}
