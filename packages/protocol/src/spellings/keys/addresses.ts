import type { ScopeRule } from '../../rest/operation.ts'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import type { ScopeName } from '../../scopes.ts'
import { sessionKeyFields, sessionKeys } from '../../shapes/session-keys.ts'
import type { BodyReader } from './body-reader.ts'
import { namesInBothCasings } from './both-casings.ts'

/** The addresses that a body may carry. */
export const addressFields = {
  conversationId: Id,
  contactId: Id,
  externalId: ExternalId,
  ...sessionKeyFields,
}

/** The scopes that suffice by what is addressed: a conversation counts first, as in the canonical send. */
export function scopesByAddress(scopes: { readonly ofConversation: readonly ScopeName[]; readonly ofContact: readonly ScopeName[] }): readonly ScopeRule[] {
  return [
    { when: { field: 'conversationId', alsoFields: ['ConversationId'] }, scopes: scopes.ofConversation },
    { when: { field: 'contactId', alsoFields: namesInBothCasings('contactId', 'externalId', ...sessionKeys) }, scopes: scopes.ofContact },
  ]
}

/** The addresses of a body by their canonical names. */
export function readAddresses(body: BodyReader): Readonly<Record<string, unknown>> {
  return {
    conversationId: body.read('conversationId'),
    contactId: readContactId(body),
    externalId: body.read('externalId'),
    sessionId: readSessionId(body),
  }
}

/** The session that a body names, by whichever of its names. */
export function readSessionId(body: BodyReader): unknown {
  const [session, ...others] = sessionKeys
  return body.read(session, others)
}

/** A `from` of the type contact does not write: nobody writes for a guest. It says whom the message is for. */
function readContactId(body: BodyReader): unknown {
  return isFromContact(body) ? body.read('contactId', ['from/id']) : body.read('contactId')
}

export function isFromContact(body: BodyReader): boolean {
  return body.read('from/type') === 'contact'
}
