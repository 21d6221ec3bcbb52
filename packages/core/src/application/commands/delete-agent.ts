import type { AgentId } from '../../domain/ids.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

/** Their sign-ins end with them. Refuses with `not_found`. */
export function createDeleteAgent({ store }: Pick<SessionDeps, 'store'>) {
  return ({ id }: { readonly id: AgentId }): Promise<Result<null>> =>
    store.transact<Result<null>>({
      need: { agentId: id },
      decide: ({ agent }) => (agent ? { result: ok(null), changes: [{ kind: 'delete-agent', id }] } : { result: notFound('agent', id), changes: noChanges }),
    })
}
