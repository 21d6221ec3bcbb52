import type { OAuthClient } from '../../domain/access/client.ts'
import type { ClientId } from '../../domain/ids.ts'
import { notFound, ok, refuse } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'
import type { ClientDetails } from './create-client.ts'

export interface UpdateClient {
  readonly id: ClientId
  readonly details: ClientDetails
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Scopes taken away are gone from its living tokens too. Refuses with `not_found`, `precondition_failed`. */
export function createUpdateClient(deps: Pick<SessionDeps, 'store' | 'clock'>) {
  return ({ id, details, ifVersion, idempotency }: UpdateClient): Promise<Outcome<OAuthClient>> =>
    transactOnce(deps, { oauthClientId: id }, idempotency, ({ oauthClient: known }) => {
      if (!known) return { result: notFound('client', id), changes: noChanges }
      if (ifVersion !== undefined && ifVersion !== known.version) {
        return { result: refuse({ code: 'precondition_failed', currentVersion: known.version }), changes: noChanges }
      }
      const client: OAuthClient = { ...known, ...details, updatedAt: deps.clock.now(), version: known.version + 1 }
      return { result: ok(client), changes: [{ kind: 'put-client', client }] }
    })
}
