import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderAgent } from '../../render/agent.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function createAgent({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'create-agent'> {
  return async ({ body: { name, ...details }, principal, idempotency, path }) => {
    const created = await useCases.createAgent({ name, details, granter: principal.scopes, ...(idempotency === undefined ? {} : { idempotency }) })
    if (!created.ok) return created
    const agent = created.value
    return {
      status: 201, body: renderAgent(agent), etag: entityTag(agent.version), replayed: created.replayed,
      headers: { location: `${path}/${agent.id}` },
    }
  }
}
