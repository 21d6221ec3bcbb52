import { scopesByRole, type Agent, type Role } from '../../domain/access/agent.ts'
import { refuseBeyond, type Granter } from '../../domain/access/grant.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface AgentDetails {
  readonly displayName?: string
  readonly role?: Role
  readonly password?: string
}

export interface CreateAgent {
  readonly name: string
  readonly details: AgentDetails & { readonly password: string }
  readonly granter?: Granter
  readonly idempotency?: Idempotency
}

/** Refuses with `scope_not_held`, `already_exists`. */
export function createCreateAgent(deps: SessionDeps) {
  return async ({ name, details, granter, idempotency }: CreateAgent): Promise<Outcome<Agent>> => {
    const { role = 'agent' } = details
    const beyond = refuseBeyond(granter, scopesByRole[role])
    if (beyond) return beyond
    const passwordHash = await deps.secrets.hashPassword(details.password)
    return transactOnce(deps, { agentName: name }, idempotency, ({ agentNamed }) => {
      if (agentNamed) return { result: refuse({ code: 'already_exists', noun: 'agent', key: name }), changes: noChanges }
      const now = deps.clock.now()
      const agent: Agent = {
        id: deps.ids.next(), name,
        displayName: details.displayName ?? name,
        role, passwordHash, createdAt: now, updatedAt: now, version: 1,
      }
      return { result: ok(agent), changes: [{ kind: 'put-agent', agent }] }
    })
  }
}
