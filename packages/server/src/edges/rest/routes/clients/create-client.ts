import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readClientDetails } from '../../read/client-details.ts'
import { renderClient } from '../../render/client.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function createClient({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'create-client'> {
  return async ({ body, path, principal }) => {
    const created = await useCases.createClient({ details: readClientDetails(body), granter: principal.scopes })
    if (!created.ok) return created
    const { client, secret } = created.value
    return {
      status: 201, body: { ...renderClient(client), secret }, etag: entityTag(client.version),
      headers: { location: `${path}/${client.id}`, 'cache-control': 'no-store' },
    }
  }
}
