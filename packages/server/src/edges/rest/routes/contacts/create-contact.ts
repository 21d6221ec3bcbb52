import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderContact } from '../../render/contact.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function createContact({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'create-contact'> {
  return async ({ body: { deploymentId, ...details }, idempotency, path }) => {
    const created = await useCases.createContact({
      details,
      ...(deploymentId === undefined ? {} : { deploymentId: toId(deploymentId) }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!created.ok) return created
    const contact = created.value
    return {
      status: 201, body: renderContact(contact), etag: entityTag(contact.version), replayed: created.replayed,
      headers: { location: `${path}/${contact.id}` },
    }
  }
}
