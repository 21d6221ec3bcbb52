import type { AttachmentFault, Noun, Refusal } from '@beckon/core'
import type { Action } from '@beckon/protocol'
import { invalidRequestDraft, type ProblemDraft } from '../http-refused.ts'
import { readingAt } from './reading.ts'
import { scopeChallenge, whatIMayDo } from './scope-challenge.ts'
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
  not_found: ({ noun, id }) => ({ code: 'not_found', detail: id === '' ? `There is no ${noun} yet.` : `There is no ${noun} ${id}.`, ...lookAround(noun) }),
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
  conversation_open: ({ conversationId }, call) => ({
    code: 'conversation_open',
    detail: 'The contact is in an open conversation, and this send is not to break into one.',
    currentState: 'open',
    actions: [...again(call, { whenOpen: 'append' }), { method: 'GET', href: `${messaging}/${conversationId}`, scope: 'conversations:read' }],
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
    actions: readAgain(path),
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
  sign_in_disabled: () => invalidRequestDraft([{ pointer: '#/deploymentId', detail: 'names a deployment whose guests cannot sign in: enable its authentication' }]),
  sign_in_refused: ({ reason }) => ({ code: 'sign_in_refused', detail: reason, headers: { 'www-authenticate': 'Bearer realm="beckon"' } }),
  sign_in_needed: () => ({ code: 'sign_in_refused', detail: 'The guest of this token has signed in: the token alone opens nothing.', headers: { 'www-authenticate': 'Bearer realm="beckon"' } }),
  clear_disabled: () => invalidRequestDraft([{ pointer: '#', detail: 'asks to clear a conversation, which this deployment does not allow' }]),
  scope_not_held: ({ scope, held }) => beyond(scope, held),
  precondition_failed: ({ currentVersion }, { path }) => ({
    code: 'precondition_failed',
    detail: `It was changed meanwhile: the current version is "${currentVersion}".`,
    actions: readAgain(path),
  }),
  attachment_refused: ({ fault }) => ({ code: 'attachment_refused', detail: fileFaults[fault], currentState: fault }),
  idempotency_key_reused: (_, call) => ({
    code: 'idempotency_key_reused',
    detail: 'This key was first used with another request. A new request goes under a fresh key, or under none.',
    actions: asItWas(call),
  }),
}

const fileFaults: Readonly<Record<AttachmentFault, string>> = {
  disabled: 'The deployment takes no files.',
  type: 'The deployment does not take files of this type or with this extension.',
  size: 'The file is larger than the deployment takes, or not as large as it was announced.',
  empty: 'The file is empty.',
  content: 'What is in the file is not what its type says, or it is a program.',
  name: 'The name of the file needs an extension, and no folder or deceiving character in it.',
  name_too_long: 'The name of the file has more than 1023 characters.',
  expired: 'The attachment has expired: announce and upload it again.',
  unknown: 'There is no such attachment of this contact.',
  not_uploaded: 'The attachment has not been uploaded yet.',
  used: 'The attachment belongs to a message already, or its address was used.',
  too_many: 'The contact has too many attachments that no message carries yet.',
}

/** The same send under a policy that lets it through. */
function again({ method, path, body, scope }: RefusedCall, policy: object): readonly Action[] {
  if (method !== 'POST' || typeof body !== 'object' || body === null) return []
  const given: unknown = 'policy' in body ? body.policy : {}
  const merged = { ...(typeof given === 'object' ? given : {}), ...policy }
  return [{ method, href: path, body: { ...body, policy: merged }, ...(scope === undefined ? {} : { scope }) }]
}

/** What stands there now. */
export function readAgain(path: string): readonly Action[] {
  const reading = readingAt(path)
  return reading ? [reading] : []
}

/** The very same request: what was wrong with it was not in it. */
function asItWas({ method, path, body, scope }: RefusedCall): readonly Action[] {
  return [{ method, href: path, ...(body === undefined ? {} : { body }), ...(scope === undefined ? {} : { scope }) }]
}

/** Where the ids are found of what there is. */
const lists: Readonly<Partial<Record<Noun, Action>>> = {
  contact: { method: 'GET', href: '/api/v2/contacts', scope: 'contacts:read' },
  conversation: { method: 'GET', href: messaging, scope: 'conversations:read' },
  'proactive message': { method: 'GET', href: `${messaging}/proactive`, scope: 'conversations:read' },
  deployment: { method: 'GET', href: '/api/v2/deployments', scope: 'deployments:write' },
  client: { method: 'GET', href: '/api/v2/oauth/clients', scope: 'oauth:clients:write' },
  agent: { method: 'GET', href: '/api/v2/agents', scope: 'agents:write' },
}

function lookAround(noun: Noun): Pick<ProblemDraft, 'actions'> {
  const list = lists[noun]
  return list === undefined ? {} : { actions: [list] }
}

function findExisting(noun: string, key: string): Action {
  return noun === 'contact'
    ? { method: 'GET', href: `/api/v2/contacts?externalId=${encodeURIComponent(key)}`, scope: 'contacts:read' }
    : { method: 'GET', href: '/api/v2/agents', scope: 'agents:write' }
}

function beyond(scope: string, held: readonly string[]): ProblemDraft {
  const detail = `Nobody hands out more than they hold: to give ${scope}, or take over who has it, the scope ${scope} is needed.`
  return { code: 'insufficient_scope', detail, requiredScope: scope, grantedScopes: held, actions: [whatIMayDo], headers: scopeChallenge(detail, scope) }
}
