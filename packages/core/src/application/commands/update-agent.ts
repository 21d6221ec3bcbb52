import { scopesByRole, type Agent } from '../../domain/access/agent.ts'
import { refuseBeyond, type Granter } from '../../domain/access/grant.ts'
import type { Scope } from '../../domain/access/scope.ts'
import type { AgentId } from '../../domain/ids.ts'
import { notFound, ok, refuse } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'
import type { AgentDetails } from './create-agent.ts'

export interface UpdateAgent {
  readonly id: AgentId
  readonly details: AgentDetails
  readonly granter?: Granter
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Refuses with `not_found`, `scope_not_held`, `precondition_failed`. */
export function createUpdateAgent(deps: Omit<SessionDeps, 'ids'>) {
  return async ({ id, details, granter, ifVersion, idempotency }: UpdateAgent): Promise<Outcome<Agent>> => {
    const { password, ...rest } = details
    const passwordHash = password === undefined ? undefined : await deps.secrets.hashPassword(password)
    return transactOnce(deps, { agentId: id }, idempotency, ({ agent: known }) => {
      if (!known) return { result: notFound('agent', id), changes: noChanges }
      const beyond = refuseBeyond(granter, handedOut(known, details))
      if (beyond) return { result: beyond, changes: noChanges }
      if (ifVersion !== undefined && ifVersion !== known.version) {
        return { result: refuse({ code: 'precondition_failed', currentVersion: known.version }), changes: noChanges }
      }
      const agent: Agent = {
        ...known, ...rest,
        ...(passwordHash === undefined ? {} : { passwordHash }),
        updatedAt: deps.clock.now(),
        version: known.version + 1,
      }
      // Whoever knew the old password may be signed in with it.
      const signOut = passwordHash === undefined ? [] : [{ kind: 'delete-agent-sessions', agentId: id } as const]
      return { result: ok(agent), changes: [{ kind: 'put-agent', agent }, ...signOut] }
    })
  }
}

/** A new role is handed out, and so is the present one to whoever knows a new password. */
function handedOut({ role }: Agent, details: AgentDetails): readonly Scope[] {
  if (details.role !== undefined) return scopesByRole[details.role]
  return details.password === undefined ? [] : scopesByRole[role]
}
