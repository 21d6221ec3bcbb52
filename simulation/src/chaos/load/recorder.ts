import type { HistoryRecord, Settled, Undated } from '../../history/record.ts'

/** Writes down what everybody outside saw, in the order in which it came, on this process's one clock. */
export interface Recorder {
  readonly records: readonly HistoryRecord[]
  /** Milliseconds since 1970 that never step back. */
  readonly now: () => number
  readonly write: (record: Undated<HistoryRecord>) => void
  /** Begins an attempt; settle it with what came of it. */
  readonly invoke: (asked: Omit<Extract<HistoryRecord, { kind: 'invoke' }>, 'at' | 'op' | 'kind'>) => Attempt
}

export interface Attempt {
  readonly op: number
  /** The first word counts; what comes after it is let be. */
  readonly settle: (outcome: Outcome) => void
}

export type Outcome = Settled extends infer One ? (One extends Settled ? Omit<One, 'at' | 'op'> : never) : never

export function createRecorder(): Recorder {
  const records: HistoryRecord[] = []
  let ops = 0
  const now = (): number => Math.round(performance.timeOrigin + performance.now())
  const write = (record: Undated<HistoryRecord>): void => void records.push({ ...record, at: now() })
  return {
    records, now, write,
    invoke(asked) {
      const op = (ops += 1)
      write({ kind: 'invoke', op, ...asked })
      let isSettled = false
      return {
        op,
        settle(outcome) {
          if (isSettled) return
          isSettled = true
          write({ ...outcome, op })
        },
      }
    },
  }
}
