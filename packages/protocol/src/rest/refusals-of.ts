import { problemCodes, type ProblemCode } from '../errors.ts'
import type { Operation } from './operation.ts'

/**
 * Every refusal an operation may answer with, in the order of the table of problems: its own, and those that follow from
 * what it takes. `405` belongs to paths rather than operations. The `/oauth` endpoints answer `OAuthError` instead of
 * problems for what is wrong with the request (RFC 6749, section 5.2).
 */
export function refusalsOf(operation: Operation): readonly ProblemCode[] {
  const named = new Set<ProblemCode>([...(operation.refusals ?? []), ...implied(operation)])
  return problemCodes.filter((code) => named.has(code))
}

function implied(operation: Operation): readonly ProblemCode[] {
  if (operation.tags[0] === 'Operations') return operation.operationId === 'get-readiness' ? ['unavailable'] : []
  const { auth, scopes, params, query, body, idempotent, ifMatch } = operation
  const rows: readonly (readonly [boolean, readonly ProblemCode[]])[] = [
    [auth !== 'none', ['invalid_token']],
    [scopes.length > 0, ['insufficient_scope']],
    [params !== undefined, ['not_found']],
    [query !== undefined || body !== undefined || idempotent || ifMatch !== undefined, ['invalid_request']],
    [body !== undefined, ['payload_too_large', 'unsupported_media_type']],
    [idempotent, ['idempotency_in_progress', 'idempotency_key_reused']],
    [ifMatch !== undefined, ['precondition_failed']],
    [ifMatch === 'required', ['precondition_required']],
    [true, ['not_acceptable', 'rate_limited', 'internal', 'unavailable']],
  ]
  return rows.flatMap(([applies, codes]) => (applies ? codes : []))
}
