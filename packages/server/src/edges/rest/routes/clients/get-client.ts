import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { unknown } from '../../read/living.ts'
import { renderClient } from '../../render/client.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getClient({ reader }: Pick<RestDeps, 'reader'>): Handler<'get-client'> {
  return async ({ params: { clientId } }) => {
    const client = await reader.oauthClient(toId(clientId))
    return client ? { status: 200, body: renderClient(client), etag: entityTag(client.version) } : unknown('client', clientId)
  }
}
