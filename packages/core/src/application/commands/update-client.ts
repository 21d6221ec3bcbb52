import type { OAuthClient } from '../../domain/access/client.ts'
import { refuseBeyond, type Granter } from '../../domain/access/grant.ts'
import type { Scope } from '../../domain/access/scope.ts'
import type { ClientId } from '../../domain/ids.ts'
import { notFound, ok, refuse } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'
import type { ClientDetails } from './create-client.ts'

export interface UpdateClient {
  readonly id: ClientId
  readonly details: ClientDetails
  readonly granter?: Granter
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Scopes taken away are gone from its living tokens too. Refuses with `scope_not_held`, `not_found`, `precondition_failed`. */
export function createUpdateClient(deps: Pick<SessionDeps, 'store' | 'clock'>) {
  return ({ id, details, granter, ifVersion, idempotency }: UpdateClient): Promise<Outcome<OAuthClient>> =>
    transactOnce(deps, { oauthClientId: id }, idempotency, ({ oauthClient: known }) => {
      const beyond = refuseBeyond(granter, added(known, details))
      if (beyond) return { result: beyond, changes: noChanges }
      if (!known) return { result: notFound('client', id), changes: noChanges }
      if (ifVersion !== undefined && ifVersion !== known.version) {
        return { result: refuse({ code: 'precondition_failed', currentVersion: known.version }), changes: noChanges }
      }
      const client: OAuthClient = { ...known, ...details, updatedAt: deps.clock.now(), version: known.version + 1 }
      return { result: ok(client), changes: [{ kind: 'put-client', client }] }
    })
}

/** Of a client that is unknown, every scope is one more: the refusal does not tell whether it exists. */
function added(known: OAuthClient | undefined, { scopes = [] }: ClientDetails): readonly Scope[] {
  return scopes.filter((scope) => !known?.scopes.includes(scope))
}
