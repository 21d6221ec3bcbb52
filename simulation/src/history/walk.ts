import type { Facts, ViewRecord } from './facts.ts'
import { conversationOf, isReset, linesOf, opOf, sessionPlaceOf, type Line } from './frames.ts'
import type { FrameSeen } from './record.ts'
import type { Violation } from './violation.ts'

/** Where a view is in the end, and what was wrong on the way. */
export interface Walk {
  readonly violations: readonly Violation[]
  readonly contactId: string | undefined
  readonly place: Place | undefined
  /** Of the thread that it shows, as it was last told. */
  readonly status: { readonly conversationId: string; readonly status: string; readonly record: FrameSeen } | undefined
  /** Its socket is open and was configured. */
  readonly isConnected: boolean
  readonly last: ViewRecord['record'] | undefined
}

interface Place {
  readonly conversationId: string
  readonly seq: number
  readonly record: FrameSeen
}

interface Going {
  violations: Violation[]
  contactId: Walk['contactId']
  place: Walk['place']
  status: Walk['status']
  isConnected: boolean
}

const walks = new WeakMap<Facts, Map<string, Walk>>()

/** Goes through everything that a view was shown, as its page would. */
export function walk(facts: Facts, view: string): Walk {
  const known = walks.get(facts) ?? new Map<string, Walk>()
  walks.set(facts, known)
  const walked = known.get(view) ?? go(facts, facts.views.get(view) ?? [])
  known.set(view, walked)
  return walked
}

function go(facts: Facts, records: readonly ViewRecord[]): Walk {
  const going: Going = { violations: [], contactId: undefined, place: undefined, status: undefined, isConnected: false }
  for (const { record } of records) {
    if (record.kind === 'frame') look(facts, going, record)
    else going.isConnected = false
  }
  return { ...going, last: records.at(-1)?.record }
}

function look(facts: Facts, going: Going, record: FrameSeen): void {
  const { frame } = record
  const session = sessionPlaceOf(frame)
  if (session) {
    going.isConnected = true
    going.contactId = session.contactId
  }
  if (frame.class === 'ConnectionClosedEvent' || frame.class === 'SessionExpiredEvent') going.isConnected = false
  const thread = session?.conversation ?? (frame.class === 'Conversation' ? conversationOf(frame.body) : undefined)
  if (thread) going.status = { conversationId: thread.id, status: thread.status, record }
  if (isReset(frame)) going.place = undefined
  for (const line of linesOf(frame)) step(facts, going, line, record)
}

function step(facts: Facts, going: Going, line: Line, record: FrameSeen): void {
  const { place } = going
  const isThere = facts.entryAt(line.conversationId, line.seq)?.id === line.id
  if (isThere && isBehind(place, line) && isAnsweredAgain(facts, line, record)) return
  const wrong = isThere ? wrongStep(place, line) : ({ promise: 'acknowledged-is-durable', how: 'which is not in the log' } as const)
  if (wrong) {
    const what = `${record.view} was shown entry ${String(line.seq)} of ${line.conversationId}, ${wrong.how}`
    going.violations.push({ promise: wrong.promise, what, proof: [...(place ? [place.record] : []), record] })
  }
  if (isThere && wrong?.promise !== 'exactly-once') going.place = { conversationId: line.conversationId, seq: line.seq, record }
}

function isBehind(place: Place | undefined, { conversationId, seq }: Line): boolean {
  return place?.conversationId !== conversationId || seq <= place.seq
}

/** What is wrong with going from this place to that line. */
function wrongStep(place: Place | undefined, { conversationId, seq }: Line): { readonly promise: Violation['promise']; readonly how: string } | undefined {
  if (!place) return undefined
  if (place.conversationId !== conversationId) return seq === 1 ? undefined : { promise: 'order', how: `the middle of another thread, on top of ${place.conversationId}` }
  if (seq <= place.seq) return { promise: 'exactly-once', how: `again, being at ${String(place.seq)}` }
  return seq === place.seq + 1 ? undefined : { promise: 'order', how: `right after ${String(place.seq)}` }
}

/** Whoever says the same again is told again what became of it, wherever in the log that is. */
function isAnsweredAgain({ operations }: Facts, { clientId }: Line, { frame, view }: FrameSeen): boolean {
  const op = opOf(frame)
  if (frame.class !== 'StructuredMessage' || op === undefined || clientId === undefined) return false
  const asked = operationsByOp(operations).get(op)?.invoke
  return asked?.who === view && asked.call.name === 'write' && asked.call.clientId === clientId
}

const numbered = new WeakMap<Facts['operations'], ReadonlyMap<number, Facts['operations'][number]>>()

function operationsByOp(operations: Facts['operations']): ReadonlyMap<number, Facts['operations'][number]> {
  const known = numbered.get(operations) ?? new Map(operations.map((one) => [one.invoke.op, one]))
  numbered.set(operations, known)
  return known
}
