import { DatabaseError, type PoolClient, type QueryResult } from 'pg'
import { optionalNumber, type Row } from '../../sql/row.ts'
import type { Statement } from '../connect.ts'
import type { Ask } from '../writes/encode.ts'
import type { Step, WritePlan } from '../writes/plan-writes.ts'

type Rows = QueryResult<Record<string, unknown>>

/** What became of a batch's writes: only where the engine said nothing of the commit it is unknown. */
export type Ending =
  | { readonly kind: 'committed'; readonly first: number | undefined }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'unknown'; readonly error: unknown }

const begin: Statement = { text: 'BEGIN', values: [] }
const commit: Statement = { text: 'COMMIT', values: [] }

/**
 * Every lock of a batch by one statement, in the order of their numbers, which is one order for all nodes: nobody waits for somebody
 * who waits for them. The inner query is sorted before the outer one takes the first lock, as a sorted subquery is never merged.
 */
const takeLocks = `SELECT count(pg_advisory_xact_lock(number)) FROM (
  SELECT DISTINCT hashtextextended(key, 0) AS number FROM unnest($1::text[]) AS asked (key) ORDER BY number) AS ordered`

/** What a batch itself is locked by: whoever gets that lock knows that its connection is gone. */
export function batchKey(batchId: string): string {
  return `batch ${batchId}`
}

/** Begins, waits for the locks, then looks: what it finds was committed before the locks were had. One round trip. */
export async function beginWith(client: PoolClient, keys: readonly string[], look: readonly Statement[]): Promise<readonly Rows[]> {
  const answers = await all(send(client, [begin, { name: 'take locks', text: takeLocks, values: [keys.map(lockable)] }, ...look]))
  return answers.slice(2)
}

/** Names come from callers, and the engine takes no NUL: whoever has one shares a lock with whoever has the other character. */
function lockable(key: string): string {
  return key.replaceAll('\0', '\ufffd')
}

/** Nothing was written: whoever comes next on this connection is queued behind it. */
export function endWithout(client: PoolClient): void {
  client.query('ROLLBACK').catch(() => undefined)
}

/** Writes and commits, in one round trip where nothing has to be read in between. `onPlaced` hears of the first place in the feed at once. Never rejects. */
export async function writeAndCommit(client: PoolClient, { opening, steps, hasEvents }: WritePlan, onPlaced: (first: number) => void): Promise<Ending> {
  let sent: Promise<Rows>[] = []
  let first: number | undefined
  const place = (answer: Rows): void => {
    first = hasEvents ? firstOf(answer.rows[0]) : undefined
    if (first !== undefined) onPlaced(first)
  }
  try {
    for (const [index, { statements, run, isLast }] of inParts([opening, ...steps]).entries()) {
      sent = send(client, isLast ? [...statements, commit] : statements)
      if (index === 0) void sent[0]?.then(place, () => undefined)
      if (isLast) break
      await all(sent)
      await run?.(askOn(client))
    }
  } catch (error) {
    return { kind: 'failed', error }
  }
  const answers = await Promise.allSettled(sent)
  return endingOf(answers, () => first)
}

function endingOf(answers: readonly PromiseSettledResult<Rows>[], first: () => number | undefined): Ending {
  const committing = answers.at(-1)
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (committing?.status === 'fulfilled') {
    // In a transaction that has failed, COMMIT succeeds in rolling back.
    if (committing.value.command === 'COMMIT') return { kind: 'committed', first: first() }
    return { kind: 'failed', error: failed?.reason }
  }
  const wasRefused = failed !== committing && failed?.reason instanceof DatabaseError
  return { kind: wasRefused ? 'failed' : 'unknown', error: failed?.reason }
}

interface Part {
  readonly statements: Statement[]
  readonly run?: (ask: Ask) => Promise<void>
  readonly isLast: boolean
}

/** Statements up to each step that has to read. */
function inParts(steps: readonly Step[]): readonly Part[] {
  const parts: Part[] = []
  let statements: Statement[] = []
  for (const step of steps) {
    if ('run' in step) {
      parts.push({ statements, run: step.run, isLast: false })
      statements = []
    } else statements.push(step)
  }
  return [...parts, { statements, isLast: true }]
}

function askOn(client: PoolClient): Ask {
  return async (statements) => (await all(send(client, statements))).map(({ rows }) => rows)
}

/** All of them in one packet, where it is large enough. */
function send(client: PoolClient, statements: readonly Statement[]): Promise<Rows>[] {
  const { stream } = client.connection
  stream.cork()
  try {
    return statements.map((one) => client.query<Record<string, unknown>>({ ...one, values: [...one.values] }))
  } finally {
    stream.uncork()
  }
}

/** Waits for every answer, and throws the first failure: those after it only say that something failed before them. */
async function all(sent: readonly Promise<Rows>[]): Promise<readonly Rows[]> {
  const answers = await Promise.allSettled(sent)
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  })
}

function firstOf(row: Row | undefined): number | undefined {
  return row && optionalNumber(row, 'first')
}
