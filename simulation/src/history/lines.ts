import type { HistoryRecord } from './record.ts'

/** A history as it is kept: one record a line. */
export function serializeHistory(history: readonly HistoryRecord[]): string {
  return history.map((record) => `${JSON.stringify(record)}\n`).join('')
}
