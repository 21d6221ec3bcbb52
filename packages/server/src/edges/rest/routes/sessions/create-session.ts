import { ok, refuse, toId, type ContactId, type CreateSession, type Reader, type Result } from '@beckon/core'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import { unknown } from '../../read/living.ts'
import { renderSession } from '../../render/session.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function createSession({ useCases, reader, clock }: Pick<RestDeps, 'useCases' | 'reader' | 'clock'>): Handler<'create-session'> {
  return async ({ body, path }) => {
    const known = await findKnown(reader, body)
    if (!known.ok) return known
    const command: CreateSession = {
      ...(body.deploymentId === undefined ? {} : { deploymentId: toId(body.deploymentId) }),
      ...(known.value === undefined ? {} : { contactId: known.value }),
      ...(body.contact === undefined ? {} : { guest: body.contact }),
    }
    const created = await useCases.createSession(command)
    if (!created.ok) return created
    const { session, token, conversationId } = created.value
    return {
      status: 201,
      body: { ...renderSession(session, clock.now()), token, ...(conversationId === undefined ? {} : { conversationId }) },
      headers: { location: `${path}/${session.id}` },
    }
  }
}

/** The contact the session is for, when it is for a known one. */
async function findKnown(reader: Reader, { contactId, externalId, contact }: Call<'create-session'>['body']): Promise<Result<ContactId | undefined>> {
  if (contact !== undefined && (contactId ?? externalId) !== undefined) {
    return refuse({ code: 'invalid_request', faults: [{ pointer: '#/contact', detail: 'is for somebody new: leave it out for a known contact' }] })
  }
  if (externalId === undefined) return ok(contactId === undefined ? undefined : toId<'contact'>(contactId))
  const found = await reader.contactByExternalId(externalId)
  if (!found) return unknown('contact', externalId)
  if (contactId === undefined || contactId === found.id) return ok(found.id)
  return refuse({
    code: 'invalid_request',
    faults: [
      { pointer: '#/contactId', detail: 'leads to another person than externalId' },
      { pointer: '#/externalId', detail: 'leads to another person than contactId' },
    ],
  })
}
