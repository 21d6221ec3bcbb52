import { updateDeployment } from '../../domain/deployment/deployment.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import type { ThreadDeps } from '../thread-draft.ts'
import { noChanges } from '../transact-once.ts'

/** Takes a deployment out of use. Its contacts and conversations stay readable, so its row stays too. Refuses with `not_found`. */
export function createDeleteDeployment(deps: Omit<ThreadDeps, 'ids'>) {
  return ({ id }: { readonly id: DeploymentId }): Promise<Result<null>> =>
    deps.store.transact<Result<null>>({
      need: { deploymentId: id },
      decide: ({ deployment }) =>
        deployment
          ? { result: ok(null), changes: [{ kind: 'put-deployment', deployment: updateDeployment(deployment, { status: 'inactive' }, deps.clock.now()) }] }
          : { result: notFound('deployment', id), changes: noChanges },
    })
}
