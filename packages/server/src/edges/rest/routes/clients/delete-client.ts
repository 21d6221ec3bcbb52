import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function deleteClient({ useCases, bus }: Pick<RestDeps, 'useCases' | 'bus'>): Handler<'delete-client'> {
  return async ({ params: { clientId } }) => {
    const deleted = await useCases.deleteClient({ id: toId(clientId) })
    if (!deleted.ok) return deleted
    bus.publish({ kind: 'access-changed' })
    return { status: 204, body: undefined }
  }
}
