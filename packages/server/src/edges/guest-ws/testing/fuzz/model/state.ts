import type { Seen } from '../seen.ts'
import { slots, whoseIs, type Slot, type Who } from '../step.ts'

/**
 * The guest protocol as its clients know it, small enough to be read: what each connection is told by what happens.
 * Sections are those of the reference.
 */
export interface State {
  readonly endsReadOnly: boolean
  readonly phases: Map<Slot, Phase>
  /** The text that a connection may say again and be understood. */
  readonly latest: Map<Slot, string>
  /** How many lines of the thread a connection, or the one that was there before it, has seen. */
  readonly seen: Map<Slot, number>
  readonly guests: Readonly<Record<Who, Guest>>
}

export type Phase = 'gone' | 'fresh' | 'configured' | 'expired' | 'detached' | 'leaving'

export interface Guest {
  session: 'none' | 'live' | 'expired'
  /** What both sides have said in the thread that the guest sees. */
  lines: { readonly seen: Seen; wasSent: boolean }[]
  /** Whether it is open, where that can be known. */
  isOpen: boolean | 'unknown'
  /** The end was told to the session that lives: it alone is bound by a read-only one (6.34). */
  isBound: boolean
  /** In the order in which they configured. */
  connected: readonly Slot[]
}

/** One of these, where an empty one stands for nothing; or a run of what was said, up to the last word. */
export type Expected = readonly (Seen | '')[] | { readonly catchUp: readonly Seen[]; readonly isWhole: boolean; readonly atLeast: number }
export type Told = ReadonlyMap<Slot, readonly Expected[]>

export function createState(endsReadOnly: boolean): State {
  return { endsReadOnly, phases: new Map(), latest: new Map(), seen: new Map(), guests: { 0: stranger(), 1: stranger() } }
}

export function phaseOf({ phases }: State, slot: Slot): Phase {
  return phases.get(slot) ?? 'gone'
}

export function guestOf({ guests }: State, slot: Slot): Guest {
  return guests[whoseIs(slot)]
}

export function isReadOnly({ endsReadOnly }: State, { isOpen, isBound, lines }: Guest): boolean {
  return endsReadOnly && isOpen === false && isBound && lines.length > 0
}

/** What was ended for good in an earlier session is not taken up by what the guest does in this one: another thread begins. */
export function turn(state: State, guest: Guest): void {
  if (state.endsReadOnly && guest.isOpen === false) forget(state, guest)
}

export function enter(state: State, slot: Slot): void {
  const guest = guestOf(state, slot)
  state.phases.set(slot, 'configured')
  guest.connected = [...guest.connected, slot]
}

export function leave(state: State, slot: Slot, phase: Phase): void {
  const guest = guestOf(state, slot)
  guest.connected = guest.connected.filter((other) => other !== slot)
  state.phases.set(slot, phase)
}

/** The thread is out of the guest's reach, and with it what could be said again. */
export function forget(state: State, guest: Guest): void {
  guest.lines = []
  guest.isOpen = 'unknown'
  for (const slot of slots) {
    if (guestOf(state, slot) !== guest) continue
    state.latest.delete(slot)
    state.seen.delete(slot)
  }
}

/** Both sides are told of every word, once, wherever they are (3.3, 4.8). */
export function write(state: State, guest: Guest, seen: Seen): Told {
  guest.lines.push({ seen, wasSent: guest.connected.length > 0 })
  guest.isOpen = true
  for (const slot of guest.connected) state.seen.set(slot, guest.lines.length)
  return tell(guest.connected, [seen])
}

export function tell(to: readonly Slot[], ...expected: readonly Expected[]): Told {
  return new Map(to.map((slot) => [slot, expected]))
}

/** 6.10, 6.11: whoever has no session is told so, in a number of its own where it had one; whoever was told to leave is not heard. */
export function needsSession(state: State, slot: Slot, whenThere: readonly Expected[]): Told {
  const phase = phaseOf(state, slot)
  if (phase === 'configured') return tell([slot], ...whenThere)
  if (phase === 'gone' || phase === 'leaving') return tell([])
  return tell([slot], phase === 'expired' ? ['refused 4006', 'refused 4007'] : ['refused 4007'])
}

/** A request that is refused in every phase in which there is an answer at all. */
export function refused(state: State, slot: Slot, ...codes: readonly number[]): Told {
  const isHeard = !['gone', 'leaving'].includes(phaseOf(state, slot))
  return isHeard ? tell([slot], codes.map((code): Seen => `refused ${code}`)) : tell([])
}

function stranger(): Guest {
  return { session: 'none', lines: [], isOpen: 'unknown', isBound: false, connected: [] }
}
