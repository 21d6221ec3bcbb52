import { createDeployment, type Deployment } from '../../domain/deployment/deployment.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { ok } from '../../domain/result.ts'
import type { Secrets } from '../../ports/secrets.ts'
import { settleAuthentication, type GivenDeploymentSettings } from '../settle-authentication.ts'
import type { ThreadDeps } from '../thread-draft.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface CreateDeployment {
  /** Only the bootstrap names its own; answers with what is there when it exists. */
  readonly id?: DeploymentId
  readonly settings: GivenDeploymentSettings
  readonly idempotency?: Idempotency
}

/** Refuses with `invalid_request`. */
export function createCreateDeployment(deps: ThreadDeps & { readonly secrets: Secrets }) {
  return (command: CreateDeployment): Promise<Outcome<Deployment>> => {
    const id = command.id ?? deps.ids.next<'deployment'>()
    return transactOnce(deps, { deploymentId: id }, command.idempotency, (found) => {
      if (found.deployment) return { result: ok(found.deployment), changes: noChanges }
      const settings = settleAuthentication(deps.secrets, command.settings)
      if (!settings.ok) return { result: settings, changes: noChanges }
      const deployment = createDeployment(id, settings.value, deps.clock.now())
      return { result: ok(deployment), changes: [{ kind: 'put-deployment', deployment }] }
    })
  }
}
