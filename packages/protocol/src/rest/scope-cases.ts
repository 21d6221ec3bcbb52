import { servedRows } from '../served-rows.ts'
import type { Operation, ScopeRule } from './operation.ts'
import type { ScopeName } from '../scopes.ts'

/** What one call, or one use of it, needs: any one of these scopes. The first is the narrowest, and the one that a refusal names. */
export interface ScopeCase {
  readonly operation: Operation
  /** Which use; absent: every use. */
  readonly when?: ScopeRule['when']
  readonly scopes: readonly ScopeName[]
}

/** Every use of every call that is made with an access token, by what it is about. */
export function scopeCases(): readonly ScopeCase[] {
  return servedRows.filter(({ auth }) => auth === 'bearer').flatMap(casesOf)
}

function casesOf(operation: Operation): readonly ScopeCase[] {
  if (operation.scopeRules === undefined) return [{ operation, scopes: operation.scopes }]
  return operation.scopeRules.map(({ when, scopes }) => ({ operation, when, scopes }))
}
