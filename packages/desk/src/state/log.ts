import type { Entry } from '@beckon/protocol'

/**
 * Joins newly read entries to what is there, by `seq`. When a hole would remain between the two, the newer run wins: what is
 * shown is always unbroken.
 */
export function joinLogs(held: readonly Entry[], read: readonly Entry[]): readonly Entry[] {
  const [older, newer] = firstSeq(held) <= firstSeq(read) ? [held, read] : [read, held]
  const end = older.at(-1)?.seq ?? 0
  if (older.length > 0 && newer.length > 0 && firstSeq(newer) > end + 1) return newer
  const bySeq = new Map([...held, ...read].map((entry) => [entry.seq, entry]))
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}

/** The greatest `seq` that was read; 0 for an empty log. */
export function lastSeq(log: readonly Entry[] | undefined): number {
  return log?.at(-1)?.seq ?? 0
}

function firstSeq(log: readonly Entry[]): number {
  return log[0]?.seq ?? Infinity
}
