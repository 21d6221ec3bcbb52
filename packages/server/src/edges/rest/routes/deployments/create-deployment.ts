import { entityTag } from '../../../shared/operation/entity-tag.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readDeploymentSettings } from '../../read/deployment-settings.ts'
import { renderDeployment } from '../../render/deployment.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function createDeployment({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'create-deployment'> {
  return async ({ body, idempotency, path }) => {
    const settings = readDeploymentSettings(body)
    if (!settings.ok) return settings
    const created = await useCases.createDeployment({ settings: settings.value, ...(idempotency === undefined ? {} : { idempotency }) })
    if (!created.ok) return created
    const deployment = created.value
    return {
      status: 201, body: renderDeployment(deployment), etag: entityTag(deployment.version), replayed: created.replayed,
      headers: { location: `${path}/${deployment.id}` },
    }
  }
}
