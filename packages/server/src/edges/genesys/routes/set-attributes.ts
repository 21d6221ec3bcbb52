import { ok, type Contact, type Idempotency } from '@beckon/core'
import type { RefusedHere } from '../../shared/operation/operation-call.ts'
import { findParticipant } from '../find-conversation.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysCall, GenesysHandler } from '../genesys-handler.ts'
import { invalidValue, missing, refused } from '../refusing/refused.ts'

type Deps = Pick<GenesysDeps, 'useCases' | 'reader'>

export function patchParticipantAttributes(deps: Deps): GenesysHandler<'genesys-patch-conversation-participant-attributes'> {
  return async (call) => {
    const set = await setAttributes(deps, call)
    return set.ok ? { status: 202 } : set
  }
}

export function patchMessageParticipantAttributes(deps: Deps): GenesysHandler<'genesys-patch-conversations-message-participant-attributes'> {
  return async (call) => {
    const set = await setAttributes(deps, call)
    return set.ok ? { status: 202, body: { attributes: set.value } } : set
  }
}

type AttributesCall = Pick<GenesysCall<'genesys-patch-conversation-participant-attributes'>, 'params' | 'body' | 'request'> & { readonly idempotency?: Idempotency }

/** All attributes as they are then. Only the customer has attributes: those of the contact. */
async function setAttributes({ useCases, reader }: Deps, { params, body, request, idempotency }: AttributesCall): Promise<{ readonly ok: true; readonly value: Contact['attributes'] } | RefusedHere> {
  if (body.attributes === undefined) return missing('attributes', { body: request.body, example: '{"attributes":{"key":"value"}}' })
  const found = await findParticipant(reader, params)
  if (!found.ok) return refused(found)
  const { conversation, participant } = found.value
  if (participant.purpose !== 'customer') return invalidValue('attributes', `are kept of the customer only, and this participant is ${participant.purpose}`)
  const updated = await useCases.updateContact({
    contactId: conversation.contactId, details: {}, setAttributes: body.attributes,
    ...(idempotency === undefined ? {} : { idempotency }),
  })
  return updated.ok ? ok(updated.value.attributes) : refused(updated)
}
