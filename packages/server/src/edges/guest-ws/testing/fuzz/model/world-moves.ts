import type { Seen } from '../seen.ts'
import { hasAdditions, slots, type Slot, type Who } from '../step.ts'
import { leave, phaseOf, tell, write, type State, type Told } from './state.ts'

export function businessSends(state: State, who: Who, text: string): Told {
  return write(state, state.guests[who], `heard ${text}`)
}

/** 4.4: the end is told once, with what it leaves the guest to do; to those with additions as an entry of the log. */
export function businessCloses({ guests, endsReadOnly }: State, who: Who): Told {
  const guest = guests[who]
  const wasOpen = guest.isOpen
  guest.isOpen = false
  if (wasOpen === false) return tell([])
  guest.isBound = guest.session === 'live'
  const end = (slot: Slot): Seen => (hasAdditions(slot) ? 'disconnect' : `disconnect ${endsReadOnly}`)
  return new Map(guest.connected.map((slot) => [slot, [wasOpen === 'unknown' ? [end(slot), ''] : [end(slot)]]]))
}

/** 6.18: whoever was told to go, or of their session's end, and stayed, is closed when enough time has passed. */
export function leaversGo(state: State): readonly Slot[] {
  const leavers = slots.filter((slot) => phaseOf(state, slot) === 'leaving' || phaseOf(state, slot) === 'expired')
  for (const slot of leavers) leave(state, slot, 'gone')
  return leavers
}

/** 4.3: whoever is there is told; whoever comes back begins anew. */
export function expire(state: State): Told {
  const guests = Object.values(state.guests)
  const connected = guests.flatMap((guest) => guest.connected)
  for (const slot of connected) leave(state, slot, 'expired')
  for (const guest of guests) if (guest.session === 'live') guest.session = 'expired'
  return tell(connected, ['expired'])
}

/** What was said at once was said in this order, as everybody saw. */
export function inThisOrder({ guests }: State, who: Who, said: readonly Seen[]): void {
  const guest = guests[who]
  const place = (seen: Seen): number => said.indexOf(seen)
  const moved = guest.lines.filter(({ seen }) => place(seen) >= 0).toSorted((one, other) => place(one.seen) - place(other.seen))
  guest.lines = [...guest.lines.filter(({ seen }) => place(seen) < 0), ...moved]
}
