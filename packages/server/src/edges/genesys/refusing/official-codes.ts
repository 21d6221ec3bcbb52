import type { ProblemCode } from '@beckon/protocol'
import type { ProblemDraft } from '../../shared/http-refused.ts'

/** A refusal of this edge, as far as it knows better what the market leader would call it. */
export interface OfficialDraft extends ProblemDraft {
  readonly officialCode: string
  readonly messageParams?: Readonly<Record<string, string>>
}

/** The codes that the market leader's clients know, for ours; where it has none, one in its style. */
const codes: Readonly<Partial<Record<ProblemCode, string>>> = {
  invalid_request: 'bad.request',
  insufficient_scope: 'missing.any.permissions',
  conversation_closed: 'conversation.not.connected',
  conversation_open: 'conversation.already.connected',
  opted_out: 'conversation.recipient.opted.out',
  unreachable: 'conversation.recipient.unreachable',
  erased: 'conversation.erased',
  rate_limited: 'too.many.requests.retry.after',
  internal: 'internal.server.error',
  unavailable: 'service.unavailable',
}

export function officialCode(draft: ProblemDraft): string {
  if (isOfficial(draft)) return draft.officialCode
  if (draft.code === 'invalid_token') return tokenCode(draft)
  return codes[draft.code] ?? draft.code.replaceAll('_', '.')
}

export function messageParams(draft: ProblemDraft): Readonly<Record<string, string>> {
  if (isOfficial(draft) && draft.messageParams) return draft.messageParams
  return draft.requiredScope === undefined ? {} : { permissions: draft.requiredScope }
}

function isOfficial(draft: ProblemDraft): draft is OfficialDraft {
  return 'officialCode' in draft
}

/** Without a credential the challenge has no error (RFC 6750, section 3.1). */
function tokenCode({ detail, headers }: ProblemDraft): string {
  if (headers?.['www-authenticate']?.includes('error=') !== true) return 'authentication.required'
  return detail.includes(' expired at ') ? 'credentials.expired' : 'bad.credentials'
}
