import { updateDeployment, type Deployment, type DeploymentSettings } from '../../domain/deployment/deployment.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { notFound, ok, refuse } from '../../domain/result.ts'
import type { ThreadDeps } from '../thread-draft.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface UpdateDeployment {
  readonly id: DeploymentId
  readonly settings: DeploymentSettings
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Refuses with `not_found`, `precondition_failed`. */
export function createUpdateDeployment(deps: Omit<ThreadDeps, 'ids'>) {
  return (command: UpdateDeployment): Promise<Outcome<Deployment>> =>
    transactOnce(deps, { deploymentId: command.id }, command.idempotency, ({ deployment: known }) => {
      if (!known) return { result: notFound('deployment', command.id), changes: noChanges }
      if (command.ifVersion !== undefined && command.ifVersion !== known.version) {
        return { result: refuse({ code: 'precondition_failed', currentVersion: known.version }), changes: noChanges }
      }
      const deployment = updateDeployment(known, command.settings, deps.clock.now())
      return { result: ok(deployment), changes: [{ kind: 'put-deployment', deployment }] }
    })
}
