import type { Refusal } from '../refusal.ts'
import { refuse } from '../result.ts'
import type { Scope } from './scope.ts'

/** What the one who hands out access may do themselves. Absent: the operator, at start. */
export type Granter = readonly Scope[] | undefined

/**
 * The refusal when a scope is handed on by somebody who does not hold it. Otherwise the scopes that manage access, narrow as
 * they look, would be the widest of all.
 */
export function refuseBeyond(granter: Granter, granted: readonly Scope[]): { readonly ok: false; readonly refusal: Refusal } | undefined {
  const scope = granter && granted.find((one) => !granter.includes(one))
  return scope && refuse({ code: 'scope_not_held', scope, held: granter })
}
