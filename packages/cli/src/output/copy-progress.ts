import type { CopyStep } from '@beckon/server'

export interface CopyProgressOptions {
  readonly note: (line: string) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly json: boolean
}

/** Lines are a second apart, or as many as a table or phase that begins. */
const apart = 1000

/** Tells how far a copy is, how fast it goes, and how long it will take at that pace. */
export function createCopyProgress({ note, now, json }: CopyProgressOptions): (step: CopyStep) => void {
  let began = { phase: '', at: 0, rows: 0 }
  let told = { table: '', at: 0 }
  return (step) => {
    const at = now()
    if (began.phase !== step.phase) began = { phase: step.phase, at, rows: step.rowsDone }
    const isNews = told.table !== step.table && step.rowsDone > began.rows
    if (!isNews && at - told.at < apart) return
    told = { table: step.table, at }
    const rowsPerSecond = paceOf(step.rowsDone - began.rows, at - began.at)
    const secondsLeft = rowsPerSecond > 0 ? Math.ceil((step.rowsInAll - step.rowsDone) / rowsPerSecond) : undefined
    note(json ? JSON.stringify({ ...step, rowsPerSecond, secondsLeft }) : inWords(step, rowsPerSecond, secondsLeft))
  }
}

function paceOf(rows: number, milliseconds: number): number {
  return milliseconds > 0 ? Math.round((rows * 1000) / milliseconds) : 0
}

function inWords({ phase, table, rowsDone, rowsInAll }: CopyStep, rowsPerSecond: number, secondsLeft: number | undefined): string {
  const share = rowsInAll === 0 ? 100 : Math.floor((rowsDone / rowsInAll) * 100)
  const pace = rowsPerSecond === 0 ? '' : `, ${rowsPerSecond.toLocaleString('en')} rows/s, ${duration(secondsLeft ?? 0)} left`
  return `${phase} ${table}: ${rowsDone.toLocaleString('en')} of ${rowsInAll.toLocaleString('en')} rows (${String(share)} %)${pace}`
}

function duration(seconds: number): string {
  if (seconds < 60) return `${String(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${String(minutes)} min` : `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`
}
