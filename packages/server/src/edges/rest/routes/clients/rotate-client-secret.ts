import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderClient } from '../../render/client.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function rotateClientSecret({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'rotate-client-secret'> {
  return async ({ params: { clientId }, principal }) => {
    const rotated = await useCases.rotateClientSecret({ id: toId(clientId), granter: principal.scopes })
    if (!rotated.ok) return rotated
    const { client, secret } = rotated.value
    return { status: 200, body: { ...renderClient(client), secret } }
  }
}
