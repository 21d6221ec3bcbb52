import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderContact } from '../../render/contact.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function updateContact({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'update-contact'> {
  return async ({ params, body, ifVersion, idempotency }) => {
    const updated = await useCases.updateContact({
      contactId: toId(params.contactId),
      details: body,
      ...(ifVersion === undefined ? {} : { ifVersion }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!updated.ok) return updated
    return { status: 200, body: renderContact(updated.value), etag: entityTag(updated.value.version), replayed: updated.replayed }
  }
}
