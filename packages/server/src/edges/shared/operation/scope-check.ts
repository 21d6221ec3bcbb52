import { suffices } from '@beckon/core'
import type { Operation, ScopeName } from '@beckon/protocol'
import type { ProblemDraft } from '../http-refused.ts'
import { scopeChallenge, whatIMayDo } from '../problem/scope-challenge.ts'
import type { Principal } from '../principal.ts'

/**
 * The refusal for a caller who holds none of the scopes that suffice. It names the first of them, the narrowest, as the
 * one to ask for: naming all would read as needing all (RFC 6750, section 3), and would teach people to ask for more.
 */
export function insufficientScope(principal: Principal, operation: Operation, sufficient: readonly ScopeName[]): ProblemDraft | undefined {
  const [narrowest, ...wider] = sufficient
  if (narrowest === undefined || suffices(principal.scopes, sufficient)) return undefined
  const also = wider.length === 0 ? '' : ` (${wider.join(' or ')} would do as well)`
  const detail = `To ${lowerFirst(operation.summary)}, the scope ${narrowest} is needed${also}.`
  return {
    code: 'insufficient_scope',
    detail,
    requiredScope: narrowest,
    grantedScopes: principal.scopes,
    actions: [whatIMayDo],
    headers: scopeChallenge(detail, narrowest),
  }
}

/** The scope of the caller's that made the call possible. */
export function sufficientScope(principal: Principal, sufficient: readonly ScopeName[]): ScopeName | undefined {
  return sufficient.find((scope) => principal.scopes.includes(scope))
}

function lowerFirst(summary: string): string {
  return summary.charAt(0).toLowerCase() + summary.slice(1)
}
