import type { DeploymentId } from '../domain/ids.ts'
import { notFound, ok, refuse, type Result } from '../domain/result.ts'
import type { Reader } from '../ports/reader.ts'

/** The named deployment, or the only one in use. Refuses with `not_found`, `invalid_request`. */
export async function chooseDeployment({ store }: { readonly store: Reader }, deploymentId: DeploymentId | undefined): Promise<Result<DeploymentId>> {
  if (deploymentId !== undefined) {
    return (await store.deployment(deploymentId))?.status === 'active' ? ok(deploymentId) : notFound('deployment', deploymentId)
  }
  const { entities } = await store.deployments({ size: 100 })
  const inUse = entities.filter((one) => one.status === 'active')
  const [only] = inUse
  if (only && inUse.length === 1) return ok(only.id)
  const detail = inUse.length === 0 ? 'there is no deployment yet: create one first' : 'say which: there is more than one deployment'
  return refuse({ code: 'invalid_request', faults: [{ pointer: '#/deploymentId', detail }] })
}
