import { openGuestEdge, type Frame, type GuestEdge } from '../guest-edge.ts'
import { differenceOf } from './compare.ts'
import { lifetime, takeStep, type Address, type Outcome, type Position, type Scene } from './deeds.ts'
import { openInProcess, type InProcessGuest } from './in-process-guest.ts'
import { createState, leave, type Expected, type State, type Told } from './model/state.ts'
import { inThisOrder } from './model/world-moves.ts'
import { createOrder, type Order } from './order.ts'
import { seenIn, type Seen } from './seen.ts'
import { slots, whoseIs, type Slot, type Step, type Who } from './step.ts'

/** An edge that many sequences share, each with guests of its own. */
export interface Ground extends AsyncDisposable {
  readonly edge: GuestEdge
  readonly endsReadOnly: boolean
  /** By the text of a message: where the business finds who was told or said it. */
  readonly addresses: ReadonlyMap<string, Address>
}

export async function openGround(endsReadOnly: boolean): Promise<Ground> {
  const edge = await openGuestEdge({ sessionDuration: lifetime, guestWritesAfterClose: endsReadOnly ? 'readOnly' : 'reopen' })
  const addresses = new Map<string, Address>()
  edge.world.bus.subscribe((hint) => {
    if (hint.kind !== 'committed') return
    for (const { contactId, entries } of hint.batch) {
      for (const { entry } of entries) if (entry.kind === 'message' && contactId !== undefined) addresses.set(entry.text, { contactId, conversationId: entry.conversationId })
    }
  })
  return { edge, endsReadOnly, addresses, [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose]() }
}

/** Does what the steps say, and after each compares what every connection saw with the model. Answers with what differed first. */
export async function runSequence(ground: Ground, steps: readonly Step[]): Promise<string | undefined> {
  const places = new Map<Slot, Place>()
  const state = createState(ground.endsReadOnly)
  const positions = new Map<Slot, Position>()
  const scene = createScene(ground, { state, places, positions })
  try {
    for (const [index, step] of steps.entries()) {
      const outcome = await takeStep(scene, step)
      const came = await listen(places, outcome.told)
      note(came, positions)
      if (outcome.atOnce) came.forEach((frames, slot) => inThisOrder(state, whoseIs(slot), saidIn(frames)))
      const difference = differencesIn(places, came, outcome) ?? errorOf(ground.edge)
      if (difference !== undefined) return `after step ${index + 1}, ${JSON.stringify(step)}: ${difference}`
    }
    return undefined
  } finally {
    for (const { guest } of places.values()) guest.socket.terminate()
    await until(() => ground.edge.edge.connections === 0)
  }
}

interface Place {
  readonly guest: InProcessGuest
  readonly order: Order
}

/** What a sequence has come to. */
interface Course {
  readonly state: State
  readonly places: Map<Slot, Place>
  readonly positions: ReadonlyMap<Slot, Position>
}

function createScene({ edge, addresses }: Ground, { state, places, positions }: Course): Scene {
  const tokens: Readonly<Record<Who, string>> = { 0: edge.world.secrets.generateToken(), 1: edge.world.secrets.generateToken() }
  let count = 0
  return {
    edge, state, tokens,
    aText: () => `${tokens[0].slice(-12)} ${(count += 1)}`,
    addressOf: (who) => addresses.get(state.guests[who].lines.at(-1)?.seen.replace(/^(said|heard) /, '') ?? ''),
    positionOf: (slot) => positions.get(slot),
    send: (slot, request) => places.get(slot)?.guest.socket.send(typeof request === 'string' ? request : JSON.stringify({ token: tokens[whoseIs(slot)], ...request })),
    open: async (slot) => {
      places.set(slot, { guest: await openInProcess(edge.server, edge.deployment.id), order: createOrder() })
      state.phases.set(slot, 'fresh')
    },
    end: async (slot, how) => {
      const socket = places.get(slot)?.guest.socket
      if (how === 'cut') socket?.terminate()
      else if (how === 'leave') socket?.close(1000)
      await until(() => socket?.readyState === socket?.CLOSED)
      places.delete(slot)
      leave(state, slot, 'gone')
      await until(() => edge.edge.connections <= places.size)
    },
  }
}

const nowhere: Position = { conversationId: undefined, seq: undefined, epoch: undefined }

/** Keeps the place of the latest line of the log that each was told, as a client does that means to resume. */
function note(came: ReadonlyMap<Slot, readonly Frame[]>, positions: Map<Slot, Position>): void {
  for (const [slot, frames] of came) {
    for (const { body } of frames) {
      const entities: readonly Frame['body'][] = Array.isArray(body['entities']) ? body['entities'] : [body]
      const { seq, conversationId } = entities.at(-1) ?? {}
      const known = positions.get(slot) ?? nowhere
      const epoch = body.beckon?.['epoch'] ?? known.epoch
      // Whoever repeats what they said is told of an earlier line again, and has not gone back to it.
      const isFurther = typeof seq === 'number' && !(known.conversationId === conversationId && Number(known.seq) > seq)
      positions.set(slot, { ...known, epoch, ...(isFurther ? { seq, conversationId } : {}) })
    }
  }
}

/** More rounds than anything takes that will still come; signing a key is done elsewhere, and takes the time it takes. */
const patience = 3000
const patienceForKeys = 300_000

/** Lets everything come: until each place has seen as much as it must, and rounds of pings bring nothing more. */
async function listen(places: ReadonlyMap<Slot, Place>, told: Told): Promise<ReadonlyMap<Slot, readonly Frame[]>> {
  const came = new Map<Slot, Frame[]>(slots.map((slot) => [slot, []]))
  const isShort = ([slot, expected]: readonly [Slot, readonly Expected[]]): boolean => (came.get(slot)?.flatMap(seenIn).length ?? 0) < leastOf(expected)
  const rounds = [...told.values()].flat().some((expected) => Array.isArray(expected) && expected.includes('key')) ? patienceForKeys : patience
  for (let round = 0, quiet = 0; round < rounds && quiet < 2; round += 1) {
    await Promise.all([...places.values()].map(({ guest }) => guest.answered()))
    const news = [...places].flatMap(([slot, { guest }]) => {
      const frames = guest.take()
      came.get(slot)?.push(...frames)
      return frames
    })
    quiet = news.length > 0 || [...told].some(isShort) ? 0 : quiet + 1
    // With nobody connected a round takes no time, and what goes on elsewhere needs some.
    await nextTurn()
  }
  return came
}

function leastOf(expected: readonly Expected[]): number {
  return expected.reduce((sum, one) => {
    if ('catchUp' in one) return sum + (one.isWhole ? one.catchUp.length : one.atLeast)
    return sum + (one.includes('') ? 0 : 1)
  }, 0)
}

function differencesIn(places: ReadonlyMap<Slot, Place>, came: ReadonlyMap<Slot, readonly Frame[]>, { told, atOnce }: Outcome): string | undefined {
  for (const slot of slots) {
    const frames = came.get(slot) ?? []
    const seen = frames.flatMap(seenIn)
    const expected = told.get(slot) ?? []
    const difference = atOnce ? differenceAtOnce(seen, expected) : differenceOf(seen, expected)
    const [problem] = [...(difference === undefined ? [] : [difference]), ...(places.get(slot)?.order.problemsOf(frames) ?? [])]
    if (problem !== undefined) return `connection ${slot} ${problem}`
  }
  return atOnce ? disagreementIn(came) : undefined
}

/** Talking at once has no order but the one that everybody sees. */
function differenceAtOnce(seen: readonly Seen[], expected: readonly Expected[]): string | undefined {
  const wanted = expected.flatMap((one) => ('catchUp' in one ? [] : one.slice(0, 1)))
  return wanted.toSorted().join() === seen.toSorted().join() ? undefined : `expected ${JSON.stringify(wanted)} in some order and saw ${JSON.stringify(seen)}`
}

function disagreementIn(came: ReadonlyMap<Slot, readonly Frame[]>): string | undefined {
  const orders = new Map<Who, string>()
  for (const [slot, frames] of came) {
    const order = saidIn(frames).join(', ')
    const known = orders.get(whoseIs(slot)) ?? order
    if (order !== '' && order !== known) return `connections of one guest saw two orders: ${order}, and ${known}`
    if (order !== '') orders.set(whoseIs(slot), order)
  }
  return undefined
}

function saidIn(frames: readonly Frame[]): readonly Seen[] {
  return frames.flatMap(seenIn).filter((seen) => seen.startsWith('said'))
}

function errorOf({ errors }: GuestEdge): string | undefined {
  return errors.length > 0 ? `an error: ${String(errors[0])}` : undefined
}

async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; !holds(); round += 1) {
    if (round > patienceForKeys) throw new Error('a socket was to end, and did not')
    await nextTurn()
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
