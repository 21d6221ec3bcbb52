import type { Refusal } from '@beckon/core'
import type { Action } from '@beckon/protocol'
import { invalidRequestDraft, type ProblemDraft } from '../http-refused.ts'
import { timeOf } from '../time-text.ts'

/** The call that was refused, as far as a better one can be made of it. */
export interface RefusedCall {
  readonly method: string
  /** The path as called, without the query. */
  readonly path: string
  readonly body: unknown
  /** A scope of the caller's that sufficed for the call. */
  readonly scope: string | undefined
}

/** What the rules' no says over HTTP, with the calls that would succeed instead. */
export function problemOf<C extends Code>(refusal: RefusalOf<C>, call: RefusedCall): ProblemDraft {
  return rows[refusal.code](refusal, call)
}

type Code = Refusal['code']

/** Written so that the compiler sees a refusal and the row of its code as one choice. */
type RefusalOf<C extends Code> = { [P in C]: { readonly code: P } & Extract<Refusal, { readonly code: P }> }[C]

const messaging = '/api/v2/conversations/messaging'

const rows: { readonly [C in Code]: (refusal: RefusalOf<C>, call: RefusedCall) => ProblemDraft } = {
  not_found: ({ noun, id }) => ({ code: 'not_found', detail: id === '' ? `There is no ${noun} yet.` : `There is no ${noun} ${id}.` }),
  invalid_request: ({ faults }) => invalidRequestDraft(faults),
  conversation_closed: ({ conversationId, closedAt }, call) => ({
    code: 'conversation_closed',
    detail: `The conversation was closed at ${timeOf(closedAt)}, and this send is not to touch a closed one.`,
    currentState: 'closed',
    actions: [
      { method: 'PATCH', href: `${messaging}/${conversationId}`, body: { status: 'open' }, scope: 'messaging:conversation:write' },
      ...again(call, { whenClosed: 'reopen' }),
    ],
  }),
  read_only: ({ conversationId }) => ({
    code: 'conversation_closed',
    detail: 'The conversation is closed and can only be read.',
    currentState: 'closed',
    actions: [{ method: 'PATCH', href: `${messaging}/${conversationId}`, body: { status: 'open' }, scope: 'messaging:conversation:write' }],
  }),
  opted_out: ({ contactId, purpose }) => ({
    code: 'opted_out',
    detail: `The contact declined ${purpose} messages.`,
    currentState: 'opted_out',
    actions: [{ method: 'GET', href: `/api/v2/contacts/${contactId}`, scope: 'contacts:read' }],
  }),
  unreachable: ({ contactId }, call) => ({
    code: 'unreachable',
    detail: 'The contact has no open page, and this send is not to be stored.',
    currentState: 'unreachable',
    actions: [
      ...again(call, { whenUnreachable: 'store' }),
      { method: 'GET', href: `${messaging}/contacts/${contactId}/reachability`, scope: 'conversations:read' },
    ],
  }),
  already_sent: ({ status }, { path }) => ({
    code: 'already_sent',
    detail: `The message is ${status} and can no longer be moved.`,
    currentState: status,
    actions: [{ method: 'GET', href: path, scope: 'conversations:read' }],
  }),
  already_exists: ({ noun, key }) => ({
    code: 'already_exists',
    detail: noun === 'contact' ? `A contact with the external id ${key} exists.` : `There is already ${noun === 'agent' ? 'an' : 'a'} ${noun} called ${key}.`,
    actions: [findExisting(noun, key)],
  }),
  erased: ({ noun }) => ({ code: 'erased', detail: `The ${noun} was erased.`, currentState: 'erased' }),
  session_ended: ({ reason }) => ({ code: 'session_ended', detail: `The session has ended: ${reason}.`, currentState: reason }),
  session_unknown: () => ({ code: 'session_ended', detail: 'There is no session of this token.' }),
  weak_token: () => invalidRequestDraft([{ pointer: '#/token', detail: 'is too easy to guess' }]),
  clear_disabled: () => invalidRequestDraft([{ pointer: '#', detail: 'asks to clear a conversation, which this deployment does not allow' }]),
  precondition_failed: ({ currentVersion }, { path }) => ({
    code: 'precondition_failed',
    detail: `It was changed meanwhile: the current version is "${currentVersion}".`,
    actions: [{ method: 'GET', href: path }],
  }),
  idempotency_key_reused: () => ({ code: 'idempotency_key_reused', detail: 'This key was first used with another request.' }),
}

/** The same send under a policy that lets it through. */
function again({ method, path, body, scope }: RefusedCall, policy: object): readonly Action[] {
  if (method !== 'POST' || typeof body !== 'object' || body === null) return []
  const given: unknown = 'policy' in body ? body.policy : {}
  const merged = { ...(typeof given === 'object' ? given : {}), ...policy }
  return [{ method, href: path, body: { ...body, policy: merged }, ...(scope === undefined ? {} : { scope }) }]
}

function findExisting(noun: string, key: string): Action {
  return noun === 'contact'
    ? { method: 'GET', href: `/api/v2/contacts?externalId=${encodeURIComponent(key)}`, scope: 'contacts:read' }
    : { method: 'GET', href: '/api/v2/agents', scope: 'agents:write' }
}
