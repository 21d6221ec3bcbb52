import type { Pool, PoolClient } from 'pg'
import { plus, seconds, type Clock, type Committed, type Duration, type IdSource, type StoredEvent, type Timers } from '@beckon/core'
import { discard } from '../connect.ts'
import { isAway, isCrowded, isOwnFault, isPassing, isUsable, unavailable } from '../failure.ts'
import { loading } from '../load/load.ts'
import { planWrites } from '../writes/plan-writes.ts'
import { decideAll, type Decided, type Settled } from './decide.ts'
import { outcomeOf } from './outcome.ts'
import type { Pending } from './pending.ts'
import type { createTelling, Ticket } from './telling.ts'
import { batchKey, beginWith, endWithout, writeAndCommit } from './transaction.ts'

export interface AttemptDeps {
  readonly writes: Pool
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: IdSource
  readonly telling: ReturnType<typeof createTelling>
  readonly onCommitted: (batch: readonly Committed[]) => void
}

/** Who has to be taken up again, in order; everybody else was answered. */
export interface Attempted {
  readonly again: readonly Pending[]
  /** The engine does not answer: asking again at once would be no use. */
  readonly isAway: boolean
}

/** How long it is asked what came of a commit that was not answered. */
const outcomePatience: Duration = seconds(10)

/** One batch, from its locks to its callers' answers. Never rejects for what the engine does. */
export async function attempt(deps: AttemptDeps, batch: readonly Pending[]): Promise<Attempted> {
  const batchId = deps.ids.next()
  let client: PoolClient
  try {
    client = await deps.writes.connect()
  } catch (error) {
    return failed(batch, error)
  }
  const decided = await look(deps, client, batch, batchId)
  if ('error' in decided) {
    letGo(client, decided.error)
    return failed(batch, decided.error)
  }
  if (decided.writes.length > 0) return write(deps, { client, batch, batchId, decided })
  endWithout(client)
  client.release()
  return settle(deps, decided, undefined)
}

async function look({ clock }: AttemptDeps, client: PoolClient, batch: readonly Pending[], batchId: string): Promise<Decided | { readonly error: unknown }> {
  try {
    const { statements, read } = loading(batch.map(({ work: { need }, contactIds }) => ({ need, contactIds: [...contactIds] })))
    const keys = new Set([batchKey(batchId), ...batch.flatMap((pending) => [...pending.keys])])
    const answers = await beginWith(client, [...keys], statements)
    return decideAll(batch, read(answers), clock.now())
  } catch (error) {
    return { error }
  }
}

interface Looked {
  readonly client: PoolClient
  readonly batch: readonly Pending[]
  readonly batchId: string
  readonly decided: Decided
}

async function write(deps: AttemptDeps, { client, batch, batchId, decided }: Looked): Promise<Attempted> {
  const plan = planWrites(batchId, decided.writes)
  const ticket = plan.hasEvents ? deps.telling.open() : undefined
  const ending = await writeAndCommit(client, plan, (first) => ticket?.placed(first))
  if (ending.kind === 'committed') {
    client.release()
    return settle(deps, decided, ending.first, ticket)
  }
  ticket?.close()
  letGo(client, ending.error)
  if (ending.kind === 'failed') return failed(batch, ending.error)
  const outcome = await outcomeOf(deps, batchId, plus(deps.clock.now(), outcomePatience))
  if (outcome?.kind === 'committed') return settle(deps, decided, outcome.first)
  if (outcome?.kind === 'lost') return failed(batch, ending.error)
  return leaveOpen(decided, ending.error)
}

/** Listeners hear of it in the order of the feed, then callers. */
function settle(deps: AttemptDeps, { settled, again }: Decided, first: number | undefined, ticket?: Ticket): Attempted {
  const finish = (): void => {
    const committed = placed(settled, first)
    if (committed.length > 0) deps.onCommitted(committed)
    for (const { pending, outcome } of settled) answer(pending, outcome)
  }
  if (ticket) ticket.tell(finish)
  else finish()
  return { again, isAway: false }
}

function answer({ resolve, reject }: Pending, outcome: Settled['outcome']): void {
  if ('error' in outcome) reject(outcome.error)
  else resolve(outcome.result)
}

/** Events lie in the feed in the order in which they were decided. */
function placed(settled: readonly Settled[], first = 0): readonly Committed[] {
  let position = first
  return settled.flatMap(({ told }) => {
    if (!told) return []
    const events = told.events.map((event): StoredEvent => ({ ...event, position: position++ }))
    return [{ ...told, events }]
  })
}

/**
 * Nothing was written. When an engine that answers has refused a batch, it may be for one member's sake, or for its size: each is tried
 * alone, so that nobody fails, or waits, for a neighbour.
 */
function failed(batch: readonly Pending[], error: unknown): Attempted {
  for (const pending of batch) pending.failure = error
  if (isAway(error) && !(isCrowded(error) && batch.length > 1)) return { again: batch, isAway: true }
  if (batch.length > 1) {
    for (const pending of batch) pending.isAlone = true
    return { again: batch, isAway: false }
  }
  if (isPassing(error)) return { again: batch, isAway: false }
  for (const { reject } of batch) reject(isOwnFault(error) ? error : unavailable(error))
  return { again: [], isAway: false }
}

/** Whoever would only have read knows what they asked; of the others nobody can tell. */
function leaveOpen({ settled, again }: Decided, error: unknown): Attempted {
  const failure = unavailable(error, 'it may have happened all the same: trying again is safe with the same Idempotency-Key')
  for (const { pending, outcome, told } of settled) answer(pending, told ? { error: failure } : outcome)
  return { again, isAway: true }
}

/** A connection is used again only where it is known in what state it is. */
function letGo(client: PoolClient, error: unknown): void {
  if (!isUsable(error)) return discard(client)
  endWithout(client)
  client.release()
}
