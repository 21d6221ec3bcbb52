import type { Agent } from '../../domain/access/agent.ts'
import { minutes, plus } from '../../domain/instant.ts'
import type { SessionDeps } from '../session-changes.ts'

const signInLasts = minutes(12 * 60)

export interface SignedIn {
  readonly agent: Agent
  /** The cookie's value; only its hash is kept. */
  readonly secret: string
  readonly lifetime: typeof signInLasts
}

/** Undefined for a wrong name or password: which of the two is not said, and both take the same time. */
export function createLoginAgent(deps: SessionDeps) {
  const decoy = deps.secrets.hashPassword(deps.secrets.generate('decoy'))
  return async ({ name, password }: { readonly name: string; readonly password: string }): Promise<SignedIn | undefined> => {
    const agent = await deps.store.agentByName(name)
    const matches = await deps.secrets.matchesPassword(password, agent?.passwordHash ?? (await decoy))
    if (!agent || !matches) return undefined
    const secret = deps.secrets.generate('bka')
    const session = { hash: deps.secrets.hash(secret), agentId: agent.id, expiresAt: plus(deps.clock.now(), signInLasts) }
    await deps.store.transact({ need: {}, decide: () => ({ result: null, changes: [{ kind: 'put-agent-session', session }] }) })
    return { agent, secret, lifetime: signInLasts }
  }
}
