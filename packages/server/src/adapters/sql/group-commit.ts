import type { Work } from '@beckon/core'

/** Decisions that are asked for one by one and share a commit; how batches of them are made is each engine's own. */
export interface GroupCommit<Closed> {
  transact<T>(work: Work<T>): Promise<T>
  /** Decisions now waiting for their batch. */
  readonly waiting: number
  /** Takes nothing more, and settles everything that was asked for. */
  close(): Closed
}
