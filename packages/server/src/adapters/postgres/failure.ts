import { DatabaseError } from 'pg'
import { InvariantBroken, StoreUnavailable } from '@beckon/core'

/** SQLSTATE codes, or their first two characters for a whole class (postgresql.org/docs/current/errcodes-appendix.html). */
const remedies: readonly (readonly [code: string, remedy: string])[] = [
  ['28', 'the database refuses this user: check the user and the password in BECKON_DATABASE_URL, and pg_hba.conf'],
  ['3D', 'there is no such database: create it, or check the name in BECKON_DATABASE_URL'],
  ['42501', 'this user lacks a right: make the user of BECKON_DATABASE_URL the owner of the tables'],
  ['42', 'the tables are not those of this version: run `beckon migrate`'],
  ['53100', 'the database server’s disk is full: make room; nothing that was acknowledged is lost'],
  ['53300', 'the database takes no more connections: raise max_connections, or run fewer nodes'],
  ['53200', 'the database server has no room for more locks: raise max_locks_per_transaction (or is out of memory)'],
  ['53', 'the database server is short of disk, memory or connections'],
  ['25006', 'this database server only reads: let the address lead to the primary'],
  ['55P03', 'somebody holds a lock for long: look at pg_stat_activity for transactions that stand still'],
  ['57014', 'a statement took too long: look at the load of the database server'],
  ['57P', 'the database server is starting or stopping'],
]

const connectionRemedies: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there: check BECKON_DATABASE_URL, and that the database runs',
  ENOTFOUND: 'the host has no address: check BECKON_DATABASE_URL',
  ETIMEDOUT: 'the network leads nowhere: check BECKON_DATABASE_URL and what lies between',
}

/** The engine's failure in words, with its cause kept. */
export function unavailable(error: unknown, more?: string): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error
  const parts = [`the store is unavailable: ${reasonOf(error)}`, remedyFor(error), more]
  return new StoreUnavailable(parts.filter((part) => part !== undefined).join('; '), { cause: error })
}

/**
 * What is refused for the sake of one decision: a broken constraint, a value that the engine cannot hold, a key that is too long; or a
 * bug that is not the engine's at all.
 */
export function isOwnFault(error: unknown): boolean {
  const code = sqlState(error)
  if (code === undefined) return isBug(error)
  return code.startsWith('22') || code.startsWith('23') || code === '54000'
}

/** Whether the same may succeed in a moment: somebody else's lock, or two who waited for each other. */
export function isPassing(error: unknown): boolean {
  const code = sqlState(error)
  return code === '40001' || code === '40P01' || code === '55P03'
}

/** No memory, or, far more often, no room in the table of locks, which all nodes share: many decisions at once take more of it than one alone. */
export function isCrowded(error: unknown): boolean {
  return sqlState(error) === '53200'
}

/** Not there, going, coming, out of room, or only reading: nothing that was asked has been done, whatever it was. */
export function isAway(error: unknown): boolean {
  const code = sqlState(error)
  if (code === undefined) return !isBug(error)
  return isFatal(error) || code === '25006' || code.startsWith('08') || code.startsWith('53')
}

/** After its own refusal of a row a connection is as good as before; after anything else that is not known. */
export function isUsable(error: unknown): boolean {
  return sqlState(error) !== undefined && !isFatal(error) && isOwnFault(error)
}

/** Nothing more comes from that connection. */
export function isConnectionLost(error: unknown): boolean {
  return sqlState(error) === undefined ? !isBug(error) : isFatal(error)
}

/** Whether a store's failure is that nobody can be reached, rather than one of what was asked. */
export function isStoreLost(error: unknown): boolean {
  return error instanceof StoreUnavailable && error.cause !== undefined && isConnectionLost(error.cause)
}

/** Why the address itself is wrong, and what to do: its host has no name, or the database there is another, or none for this user. Undefined for any other failure. */
export function misdirectionOf(error: unknown): string | undefined {
  const cause = error instanceof StoreUnavailable ? error.cause : undefined
  const state = sqlState(cause)
  const isWrong = state === undefined ? isNamed(cause, 'ENOTFOUND') : state.startsWith('28') || state.startsWith('3D')
  return isWrong ? [reasonOf(cause), remedyFor(cause)].filter((part) => part !== undefined).join('; ') : undefined
}

function isNamed(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** What does not come from the engine comes from the network, but for these. */
function isBug(error: unknown): boolean {
  return error instanceof InvariantBroken || error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError
}

function isFatal(error: unknown): boolean {
  return error instanceof DatabaseError && (error.severity === 'FATAL' || error.severity === 'PANIC')
}

function sqlState(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}

function remedyFor(error: unknown): string | undefined {
  const state = sqlState(error)
  if (state !== undefined) return remedies.find(([code]) => state.startsWith(code))?.[1]
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? connectionRemedies[error.code] : undefined
}
