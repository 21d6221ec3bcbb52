import type { HistoryRecord, Undated } from '../history/record.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Writes down what happens, as it happens. */
export interface Recorder {
  readonly records: readonly HistoryRecord[]
  add(what: Undated<HistoryRecord>): void
  /** The number of a new operation. */
  nextOp(): number
}

export function createRecorder(time: VirtualTime): Recorder {
  const records: HistoryRecord[] = []
  let op = 0
  return {
    records,
    add: (what) => void records.push({ ...what, at: time.now() }),
    nextOp: () => (op += 1),
  }
}
