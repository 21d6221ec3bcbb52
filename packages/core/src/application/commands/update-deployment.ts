import { updateDeployment, type Deployment } from '../../domain/deployment/deployment.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { notFound, ok, refuse } from '../../domain/result.ts'
import type { Secrets } from '../../ports/secrets.ts'
import { settleAuthentication, type GivenDeploymentSettings } from '../settle-authentication.ts'
import type { ThreadDeps } from '../thread-draft.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface UpdateDeployment {
  readonly id: DeploymentId
  readonly settings: GivenDeploymentSettings
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Refuses with `not_found`, `precondition_failed`, `invalid_request`. */
export function createUpdateDeployment(deps: Omit<ThreadDeps, 'ids'> & { readonly secrets: Secrets }) {
  return (command: UpdateDeployment): Promise<Outcome<Deployment>> =>
    transactOnce(deps, { deploymentId: command.id }, command.idempotency, ({ deployment: known }) => {
      if (!known) return { result: notFound('deployment', command.id), changes: noChanges }
      if (command.ifVersion !== undefined && command.ifVersion !== known.version) {
        return { result: refuse({ code: 'precondition_failed', currentVersion: known.version }), changes: noChanges }
      }
      const settings = settleAuthentication(deps.secrets, command.settings, known.authentication)
      if (!settings.ok) return { result: settings, changes: noChanges }
      const deployment = updateDeployment(known, settings.value, deps.clock.now())
      return { result: ok(deployment), changes: [{ kind: 'put-deployment', deployment }] }
    })
}
