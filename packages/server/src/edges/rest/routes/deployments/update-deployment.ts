import { toId } from '@beckon/core'
import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readDeploymentSettings } from '../../read/deployment-settings.ts'
import { renderDeployment } from '../../render/deployment.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function updateDeployment({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'update-deployment'> {
  return async ({ params, body, ifVersion, idempotency }) => {
    const settings = readDeploymentSettings(body)
    if (!settings.ok) return settings
    const updated = await useCases.updateDeployment({
      id: toId(params.deploymentId),
      settings: settings.value,
      ...(ifVersion === undefined ? {} : { ifVersion }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!updated.ok) return updated
    return { status: 200, body: renderDeployment(updated.value), etag: entityTag(updated.value.version), replayed: updated.replayed }
  }
}
