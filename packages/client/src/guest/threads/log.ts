import type { GuestEntry } from '../guest.ts'

/**
 * What is known of one conversation's log. `entries` is contiguous and holds each `seq` once, whatever order and however
 * often entries arrive; what does not yet adjoin waits in `held` until the space between is filled.
 */
export interface Log {
  readonly entries: readonly GuestEntry[]
  readonly held: ReadonlyMap<number, GuestEntry>
}

export const emptyLog: Log = { entries: [], held: new Map() }

export function firstSeq(log: Log): number {
  return log.entries[0]?.seq ?? 0
}

export function lastSeq(log: Log): number {
  return log.entries.at(-1)?.seq ?? 0
}

/** True while something later than the end of `entries` is here, and something before it is not. */
export function isGapped(log: Log): boolean {
  const last = lastSeq(log)
  for (const seq of log.held.keys()) if (seq > last) return true
  return false
}

/** Takes entries in. An empty log may begin only with the one at `beginAt`: the rest of it is then still to come. */
export function absorb(log: Log, incoming: readonly GuestEntry[], beginAt: number): Log {
  const [only] = incoming
  if (incoming.length === 1 && only !== undefined && log.held.size === 0 && only.seq === lastSeq(log) + 1) {
    if (log.entries.length > 0) return { ...log, entries: [...log.entries, only] }
  }
  const held = new Map(log.held)
  let entries = log.entries
  for (const entry of incoming) {
    if (isKnown(log, entry.seq)) entries = renewed(entries, entry)
    else held.set(entry.seq, entry)
  }
  return extend(entries, held, beginAt)
}

/** Forgets everything before `seq`. */
export function trimBelow(log: Log, seq: number): Log {
  return firstSeq(log) >= seq || log.entries.length === 0
    ? log
    : { ...log, entries: log.entries.filter((entry) => entry.seq >= seq) }
}

function isKnown(log: Log, seq: number): boolean {
  return seq >= firstSeq(log) && seq <= lastSeq(log)
}

/** A log never changes but for one thing: the business may take a message back. */
function renewed(entries: readonly GuestEntry[], entry: GuestEntry): readonly GuestEntry[] {
  const at = entries.findIndex((each) => each.seq === entry.seq)
  return entry.withdrawn && entries[at]?.withdrawn === false ? entries.with(at, entry) : entries
}

function extend(known: readonly GuestEntry[], held: Map<number, GuestEntry>, beginAt: number): Log {
  const start = known.length > 0 ? undefined : take(held, beginAt)
  const entries = start === undefined ? [...known] : [start]
  for (let end = entries.at(-1); end !== undefined;) {
    end = take(held, end.seq + 1)
    if (end !== undefined) entries.push(end)
  }
  const before: GuestEntry[] = []
  for (let first = entries[0]; first !== undefined;) {
    first = take(held, first.seq - 1)
    if (first !== undefined) before.push(first)
  }
  return { entries: before.length === 0 ? entries : [...before.toReversed(), ...entries], held }
}

function take(held: Map<number, GuestEntry>, seq: number): GuestEntry | undefined {
  const entry = held.get(seq)
  held.delete(seq)
  return entry
}
