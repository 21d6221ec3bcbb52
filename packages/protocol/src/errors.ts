interface ProblemRow {
  readonly status: number
  readonly title: string
  /** What the server found. */
  readonly cause: string
  /** What the caller does about it. */
  readonly remedy: string
  /** What such an answer says in `detail`, and the keys of its own. */
  readonly example: { readonly detail: string } & Readonly<Record<string, unknown>>
}

const messaging = '/api/v2/conversations/messaging'
const conversation = '0198a3c2-7d10-7c3e-9b64-0d5f3a1e2b4c'
const person = '0198a3c2-7d10-7c3e-9b64-0d5f3a1e2b4d'
const contact = `/api/v2/contacts/${person}`
const reopen = {
  method: 'PATCH',
  href: `${messaging}/${conversation}`,
  body: { status: 'open' },
  scope: 'messaging:conversation:write',
}

/**
 * Every way the REST API says no. The table is closed: a code keeps its meaning for ever and a retired one is not used again.
 * Permission (401, 403), address (404, 410), input (400, 422) and state (409, 412) never stand in for one another.
 */
export const problems = {
  invalid_request: {
    status: 400, title: 'Invalid request',
    cause: 'The body, the query or a header does not fit the schema of the call, or two of its fields contradict each other.',
    remedy: 'Correct the fields that `errors` points at. Fields that the schema does not know are refused, so that a misspelt one is not lost silently.',
    example: { detail: 'The body has a fault.', errors: [{ pointer: '#/text', detail: 'must be a string' }] },
  },
  invalid_token: {
    status: 401, title: 'Not authenticated',
    cause: 'The access token, cookie or credential is absent, malformed, expired or revoked; `detail` says which. A desk cookie counts on a changing call only beside the header `X-Beckon-Desk: 1`.',
    remedy: 'Ask for a new token with `POST /oauth/token`, or sign in at the desk again.',
    example: { detail: 'The access token expired at 2026-03-04T10:11:12.345Z.' },
  },
  sign_in_refused: {
    status: 401, title: 'Sign-in refused',
    cause: 'The code or token of a guest proves nothing: it is unknown, expired, used or made for somebody else; or the sign-in has expired or was revoked. `detail` says which.',
    remedy: 'Let the guest sign in again. A provider that does not answer is no reason: that is a 503.',
    example: { detail: 'The id token has expired.' },
  },
  insufficient_scope: {
    status: 403, title: 'Scope missing',
    cause: 'The token is valid but holds none of the scopes that suffice. Nothing else is ever answered with 403: no state of a contact, conversation or session is.',
    remedy: 'Give the client one of the scopes in `requiredScope` and ask for a new token.',
    example: { detail: 'Sending to a contact needs messaging:contact:write.', requiredScope: 'messaging:contact:write', grantedScopes: ['conversations:read'], actions: [{ method: 'GET', href: '/api/v2/tokens/me' }] },
  },
  not_found: {
    status: 404, title: 'Not found',
    cause: 'No such contact, conversation, participant, session, message or route exists.',
    remedy: 'Check the id and what it is an id of. For an unknown route, `detail` names the closest documented one.',
    example: {
      detail: 'There is no conversation 0198a3c2-0000-7000-8000-000000000000.',
      actions: [{ method: 'GET', href: messaging, scope: 'conversations:read' }],
    },
  },
  method_not_allowed: {
    status: 405, title: 'Method not allowed',
    cause: 'The path exists, but not with this verb.',
    remedy: 'Use one of the verbs in the `Allow` header.',
    example: { detail: 'PUT is not served here: DELETE, GET, HEAD, PATCH are.', actions: [{ method: 'GET', href: contact, scope: 'contacts:read' }] },
  },
  not_acceptable: {
    status: 406, title: 'Not acceptable',
    cause: 'The `Accept` header excludes every representation the server has.',
    remedy: 'Accept `application/json`, or leave the header out.',
    example: { detail: 'This is served as application/json only.', actions: [{ method: 'GET', href: '/api/v2/contacts', scope: 'contacts:read' }] },
  },
  conversation_closed: {
    status: 409, title: 'Conversation is closed',
    cause: 'The conversation is closed, and the policy of this send is `whenClosed: "reject"`.',
    remedy: 'Reopen it with the call in `actions`, or send with another `whenClosed`.',
    example: { detail: 'The conversation was closed at 2026-03-04T10:11:12.345Z.', currentState: 'closed', actions: [reopen] },
  },
  conversation_open: {
    status: 409, title: 'Conversation is open',
    cause: 'The contact is in an open conversation, and the policy of this send is `whenOpen: "reject"`.',
    remedy: 'Send with `whenOpen: "append"`, or later.',
    example: { detail: 'The contact is in an open conversation, and this send is not to break into one.', currentState: 'open', actions: [{ method: 'GET', href: `${messaging}/${conversation}`, scope: 'conversations:read' }] },
  },
  opted_out: {
    status: 409, title: 'Contact has opted out',
    cause: 'The contact declined messages of this purpose.',
    remedy: 'Do not send it. A message of another purpose, or an answer to the contact, is not affected.',
    example: { detail: 'The contact declined marketing messages.', currentState: 'opted_out', actions: [{ method: 'GET', href: contact, scope: 'contacts:read' }] },
  },
  unreachable: {
    status: 409, title: 'Contact is unreachable',
    cause: 'No route leads to the contact right now, and the policy of this send is `whenUnreachable: "reject"`.',
    remedy: 'Send with `whenUnreachable: "store"`: the guest finds the message on return.',
    example: {
      detail: 'The contact has no open page, and this send is not to be stored.',
      currentState: 'unreachable',
      actions: [{ method: 'GET', href: `${messaging}/contacts/${person}/reachability`, scope: 'conversations:read' }],
    },
  },
  already_sent: {
    status: 409, title: 'Already sent',
    cause: 'The message has reached the guest, expired or was cancelled, and can no longer be moved or taken back.',
    remedy: 'Read its `status` and `timeline`. To say something else, send another message.',
    example: {
      detail: 'The message is seen and can no longer be moved.',
      currentState: 'seen',
      actions: [{ method: 'GET', href: `${messaging}/proactive/0198a3c2-7d10-7c3e-9b64-0d5f3a1e2b4e`, scope: 'conversations:read' }],
    },
  },
  already_exists: {
    status: 409, title: 'Already exists',
    cause: 'Something with this unique key exists: a contact with the external id, an agent with the sign-in name.',
    remedy: 'Update the existing one, or choose another key.',
    example: { detail: 'A contact with the external id crm-4711 exists.', actions: [{ method: 'GET', href: '/api/v2/contacts?externalId=crm-4711', scope: 'contacts:read' }] },
  },
  attachment_refused: {
    status: 409, title: 'Attachment refused',
    cause: 'The file is not one that this deployment takes, or it cannot be used: not uploaded yet, expired, deleted, carried by another message, or not of this contact. `currentState` says which.',
    remedy: 'Announce the file again with `POST …/attachments`, upload it, and name it in one message.',
    example: { detail: 'The attachment has not been uploaded yet.', currentState: 'not_uploaded' },
  },
  idempotency_in_progress: {
    status: 409, title: 'Still in progress',
    cause: 'A request with the same `Idempotency-Key` is still being worked on.',
    remedy: 'Repeat the request after `Retry-After` seconds: it then gets the first one’s answer.',
    example: { detail: 'The first request with this key has not been answered yet.' },
  },
  erased: {
    status: 410, title: 'Erased',
    cause: 'The contact was erased, and the conversations with them.',
    remedy: 'Delete the stored ids. This cannot be undone.',
    example: { detail: 'The contact was erased.', currentState: 'erased' },
  },
  session_ended: {
    status: 410, title: 'Session has ended',
    cause: 'A guest acted with the token of a session that expired or ended.',
    remedy: 'Configure the session again: the same token opens a new session of the same contact.',
    example: { detail: 'The session expired at 2026-03-04T10:11:12.345Z.', currentState: 'expired' },
  },
  precondition_failed: {
    status: 412, title: 'Changed meanwhile',
    cause: 'The `If-Match` header names a version that is no longer the current one.',
    remedy: 'Read it again, apply the change to what is there now, and repeat with the new `ETag`.',
    example: { detail: 'It was changed meanwhile: the current version is "7".', actions: [{ method: 'GET', href: contact, scope: 'contacts:read' }] },
  },
  payload_too_large: {
    status: 413, title: 'Too large',
    cause: 'The body is larger than the server accepts.',
    remedy: 'Send less.',
    example: { detail: 'A body has at most 262144 bytes.' },
  },
  unsupported_media_type: {
    status: 415, title: 'Unsupported media type',
    cause: 'The body is not in the media type of this call, or not in UTF-8.',
    remedy: 'Send `Content-Type: application/json`; the `/oauth` endpoints take `application/x-www-form-urlencoded`.',
    example: { detail: 'text/xml is not understood here.' },
  },
  idempotency_key_reused: {
    status: 422, title: 'Idempotency key reused',
    cause: 'The `Idempotency-Key` was used before with another request.',
    remedy: 'Use a fresh key for each new request, and the same one only to repeat.',
    example: {
      detail: 'This key was first used with another request. A new request goes under a fresh key, or under none.',
      actions: [{ method: 'POST', href: `${messaging}/contacts/${person}/messages`, body: { text: 'Your parcel has arrived.' }, scope: 'messaging:contact:write' }],
    },
  },
  precondition_required: {
    status: 428, title: 'If-Match required',
    cause: 'The update could overwrite what somebody else changed, and does not say which version it is based on.',
    remedy: 'Read it, and repeat with its `ETag` in `If-Match`. `If-Match: *` overwrites knowingly.',
    example: {
      detail: 'This change needs If-Match with the ETag of what it is based on.',
      actions: [{ method: 'GET', href: '/api/v2/deployments/0198a3c2-7d10-7c3e-9b64-0d5f3a1e2b4f', scope: 'deployments:write' }],
    },
  },
  rate_limited: {
    status: 429, title: 'Too many requests',
    cause: 'The caller went over its rate.',
    remedy: 'Wait for `Retry-After` seconds. The `RateLimit` headers tell what is left.',
    example: { detail: 'More than 600 requests in a minute.' },
  },
  internal: {
    status: 500, title: 'Internal error',
    cause: 'The server has a fault.',
    remedy: 'Repeat with the same `Idempotency-Key`; if it stays, report the `contextId`.',
    example: { detail: 'Something went wrong here, not in the request.' },
  },
  unavailable: {
    status: 503, title: 'Unavailable',
    cause: 'The store is away, or the server is draining. Nothing was half-done.',
    remedy: 'Repeat after `Retry-After` seconds.',
    example: { detail: 'The server is restarting.' },
  },
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof problems

/** Every code, in the order of the table. */
export const problemCodes = Object.keys(problems).filter(isProblemCode)

/** Is this text a code of the table? */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problems, text)
}
