import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function deleteDeployment({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'delete-deployment'> {
  return async ({ params: { deploymentId } }) => {
    const deleted = await useCases.deleteDeployment({ id: toId(deploymentId) })
    return deleted.ok ? { status: 204, body: undefined } : deleted
  }
}
