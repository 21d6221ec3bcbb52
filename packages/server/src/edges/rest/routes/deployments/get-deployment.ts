import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { unknown } from '../../read/living.ts'
import { renderDeployment } from '../../render/deployment.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getDeployment({ reader }: Pick<RestDeps, 'reader'>): Handler<'get-deployment'> {
  return async ({ params: { deploymentId } }) => {
    const deployment = await reader.deployment(toId(deploymentId))
    if (!deployment) return unknown('deployment', deploymentId)
    return { status: 200, body: renderDeployment(deployment), etag: entityTag(deployment.version) }
  }
}
