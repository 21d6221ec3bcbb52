import type { Refusal } from '@beckon/core'
import type { Refused, RefusedHere } from '../../shared/operation/operation-call.ts'
import { problemOf } from '../../shared/problem/refusal-problem.ts'
import { invalidRequestDraft } from '../../shared/http-refused.ts'
import { officialCode, type OfficialDraft } from './official-codes.ts'

/** The rules' no, with the calls of this edge that would succeed instead. */
export function refused({ refusal }: Refused): RefusedHere {
  // Without the body, so that no call is offered that says a policy in a body that knows none.
  const draft = problemOf(refusal, { method: '', path: '', body: undefined, scope: undefined })
  const officially = { ...draft, officialCode: refusal.code === 'not_found' ? notFoundCode(refusal.noun) : officialCode(draft) }
  return { ok: false, draft: { ...officially, ...instead(refusal) } }
}

/** A value in the body that is not one of those there are. */
export function invalidValue(field: string, detail: string, allowed: readonly string[] = []): RefusedHere {
  const draft: OfficialDraft = {
    ...invalidRequestDraft([{ pointer: `#/${field}`, detail }]),
    detail: `${field} ${detail}`,
    officialCode: 'invalid.value',
    messageParams: { field, ...(allowed.length === 0 ? {} : { allowed: allowed.join(', ') }) },
  }
  return { ok: false, draft }
}

/** A key that the call cannot do without; the whole body is missing where a program passed it in the wrong place. */
export function missing(field: string, { body, example, code = 'bad.request' }: { readonly body: unknown; readonly example: string; readonly code?: string }): RefusedHere {
  const detail = body === undefined
    ? `The body is missing: send ${example}. Some methods of the JavaScript SDK take it inside their last argument, as { body: ${example} }.`
    : `${field} is missing: send ${example}.`
  const draft: OfficialDraft = {
    ...invalidRequestDraft([{ pointer: body === undefined ? '#' : `#/${field}`, detail: 'is missing' }]),
    detail, officialCode: code, messageParams: { field },
  }
  return { ok: false, draft }
}

function notFoundCode(noun: string): string {
  if (noun === 'conversation') return 'conversation.error.conversation.not.found'
  return noun === 'participant' ? 'conversation.error.not.conversation.participant' : 'not.found'
}

function instead(refusal: Refusal): Pick<OfficialDraft, 'actions'> {
  if (refusal.code !== 'conversation_closed' && refusal.code !== 'read_only') return {}
  const href = `/api/v2/conversations/messages/${refusal.conversationId}`
  return { actions: [{ method: 'PATCH', href, body: { state: 'connected' }, scope: 'messaging:conversation:write' }] }
}
