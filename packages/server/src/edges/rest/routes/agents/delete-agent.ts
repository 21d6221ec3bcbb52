import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function deleteAgent({ useCases, bus }: Pick<RestDeps, 'useCases' | 'bus'>): Handler<'delete-agent'> {
  return async ({ params: { agentId } }) => {
    const deleted = await useCases.deleteAgent({ id: toId(agentId) })
    if (!deleted.ok) return deleted
    bus.publish({ kind: 'access-changed' })
    return { status: 204, body: undefined }
  }
}
