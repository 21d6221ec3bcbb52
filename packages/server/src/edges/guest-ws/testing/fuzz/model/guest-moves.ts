import type { Seen } from '../seen.ts'
import { hasAdditions, type Slot } from '../step.ts'
import { enter, forget, guestOf, isReadOnly, leave, needsSession, phaseOf, tell, turn, write, type Expected, type Guest, type State, type Told } from './state.ts'

const mostConnections = 3

/** 4.2: a live session goes on, whatever else begins one. */
export function configure(state: State, slot: Slot, { startNew, resumes }: { readonly startNew: boolean; readonly resumes: boolean }): Told {
  if (phaseOf(state, slot) === 'gone' || phaseOf(state, slot) === 'leaving') return tell([])
  const guest = guestOf(state, slot)
  leave(state, slot, 'detached')
  const sentAway = startNew ? beginAnew(state, guest) : []
  const isNew = guest.session !== 'live' || startNew
  if (isNew) guest.isBound = false
  guest.session = 'live'
  const answer: Seen = `session connected ${isNew ? 'new' : 'old'} ${writability(state, guest)}`
  const told = new Map([...tell(sentAway, ['closed']), [slot, [[answer], catchUpOf(guest, slot, resumes ? (state.seen.get(slot) ?? 0) : 0)]] as const])
  for (const line of guest.lines) line.wasSent = true
  if (guest.lines.length > 0) state.seen.set(slot, guest.lines.length)
  enter(state, slot)
  return new Map([...told, ...sendOldestAway(state, guest)])
}

/** The old session is out of reach, for those who still hold it as well. */
function beginAnew(state: State, guest: Guest): readonly Slot[] {
  const sentAway = guest.connected
  for (const other of sentAway) leave(state, other, 'leaving')
  forget(state, guest)
  return sentAway
}

/** 4.8: the fourth is let in, and the oldest is told to go. */
function sendOldestAway(state: State, { connected }: Guest): Told {
  const oldest = connected.length > mostConnections ? connected.slice(0, 1) : []
  for (const slot of oldest) leave(state, slot, 'leaving')
  return tell(oldest, ['closed'])
}

/** Whoever asked for the additions is shown the thread, or what they lack of it; others what the business said last, and nothing of it is left out that nobody was sent. */
function catchUpOf({ lines }: Guest, slot: Slot, has: number): Expected {
  if (hasAdditions(slot)) return { catchUp: lines.slice(has).map(({ seen }) => seen), isWhole: true, atLeast: 0 }
  const heard = lines.filter(({ seen }) => seen.startsWith('heard'))
  const firstUnsent = heard.findIndex(({ wasSent }) => !wasSent)
  return { catchUp: heard.map(({ seen }) => seen), isWhole: false, atLeast: firstUnsent < 0 ? 0 : heard.length - firstUnsent }
}

/** 4.4: what is read-only takes nothing more. */
export function say(state: State, slot: Slot, text: string): Told {
  const guest = guestOf(state, slot)
  if (phaseOf(state, slot) !== 'configured') return needsSession(state, slot, [])
  if (isReadOnly(state, guest)) return tell([slot], ['refused 409'])
  turn(state, guest)
  state.latest.set(slot, text)
  return write(state, guest, `said ${text}`)
}

/** The additions: the same words under the same id are acknowledged again, to whoever repeats them, and are no second message. */
export function repeat(state: State, slot: Slot): Told {
  const acknowledged: Seen = `said ${state.latest.get(slot) ?? ''}`
  return needsSession(state, slot, [isReadOnly(state, guestOf(state, slot)) ? [acknowledged, 'refused 409'] : [acknowledged]])
}

/** 4.6: an arrival is acknowledged; whether others are told, the protocol leaves open. */
export function join(state: State, slot: Slot): Told {
  const guest = guestOf(state, slot)
  if (phaseOf(state, slot) !== 'configured') return needsSession(state, slot, [])
  const answer: readonly Seen[] = isReadOnly(state, guest) ? ['join', 'refused 409'] : ['join']
  if (!isReadOnly(state, guest)) turn(state, guest)
  // Whether an arrival opens what was closed, no client can tell; one to what is read-only does not.
  if (guest.isOpen === false && !state.endsReadOnly) guest.isOpen = 'unknown'
  return new Map(guest.connected.map((other) => [other, [other === slot ? answer : ['join', '']]]))
}

/** 4.7: the acknowledgement, then the end, in this order, to all; the next session is somebody new's. */
export function clear(state: State, slot: Slot): Told {
  const guest = guestOf(state, slot)
  if (phaseOf(state, slot) !== 'configured') return needsSession(state, slot, [])
  const told = new Map(guest.connected.map((other): [Slot, readonly Expected[]] => [other, [other === slot ? ['clear'] : ['clear', ''], ['cleared'], ['closed']]]))
  for (const other of guest.connected) leave(state, other, 'leaving')
  forget(state, guest)
  guest.session = 'none'
  return told
}

/** 4.5, 6.16: the others are told to go and the requester stays, or the requester alone goes. */
export function closeSession(state: State, slot: Slot, all: boolean): Told {
  const guest = guestOf(state, slot)
  if (phaseOf(state, slot) !== 'configured') return needsSession(state, slot, [])
  const goers = all ? guest.connected.filter((other) => other !== slot) : [slot]
  for (const goer of goers) leave(state, goer, 'leaving')
  const told = tell(goers, ['closed'])
  if (!all) return told
  leave(state, slot, 'detached')
  return new Map([...told, [slot, [[`session left old ${writability(state, guest)}`]]]])
}

function writability(state: State, guest: Guest): 'read-only' | 'writable' {
  return isReadOnly(state, guest) ? 'read-only' : 'writable'
}
