import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderAgent } from '../../render/agent.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function updateAgent({ useCases, bus }: Pick<RestDeps, 'useCases' | 'bus'>): Handler<'update-agent'> {
  return async ({ params, body, principal, ifVersion, idempotency }) => {
    const updated = await useCases.updateAgent({
      id: toId(params.agentId),
      details: body,
      granter: principal.scopes,
      ...(ifVersion === undefined ? {} : { ifVersion }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!updated.ok) return updated
    bus.publish({ kind: 'access-changed' })
    return { status: 200, body: renderAgent(updated.value), etag: entityTag(updated.value.version), replayed: updated.replayed }
  }
}
