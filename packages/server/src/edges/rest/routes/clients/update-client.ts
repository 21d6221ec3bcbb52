import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readClientDetails } from '../../read/client-details.ts'
import { renderClient } from '../../render/client.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function updateClient({ useCases, bus }: Pick<RestDeps, 'useCases' | 'bus'>): Handler<'update-client'> {
  return async ({ params, body, principal, ifVersion, idempotency }) => {
    const updated = await useCases.updateClient({
      id: toId(params.clientId),
      details: readClientDetails(body),
      granter: principal.scopes,
      ...(ifVersion === undefined ? {} : { ifVersion }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!updated.ok) return updated
    bus.publish({ kind: 'access-changed' })
    return { status: 200, body: renderClient(updated.value), etag: entityTag(updated.value.version), replayed: updated.replayed }
  }
}
