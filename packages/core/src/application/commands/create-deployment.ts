import { createDeployment, type Deployment, type DeploymentSettings } from '../../domain/deployment/deployment.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { ok } from '../../domain/result.ts'
import type { ThreadDeps } from '../thread-draft.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface CreateDeployment {
  /** Only the bootstrap names its own; answers with what is there when it exists. */
  readonly id?: DeploymentId
  readonly settings: DeploymentSettings
  readonly idempotency?: Idempotency
}

export function createCreateDeployment(deps: ThreadDeps) {
  return (command: CreateDeployment): Promise<Outcome<Deployment>> => {
    const id = command.id ?? deps.ids.next<'deployment'>()
    return transactOnce(deps, { deploymentId: id }, command.idempotency, (found) => {
      if (found.deployment) return { result: ok(found.deployment), changes: noChanges }
      const deployment = createDeployment(id, command.settings, deps.clock.now())
      return { result: ok(deployment), changes: [{ kind: 'put-deployment', deployment }] }
    })
  }
}
