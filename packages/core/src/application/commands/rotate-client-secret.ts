import type { OAuthClient } from '../../domain/access/client.ts'
import { refuseBeyond, type Granter } from '../../domain/access/grant.ts'
import type { ClientId } from '../../domain/ids.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'
import type { ClientWithSecret } from './create-client.ts'

/**
 * The old secret stops working at once; tokens it obtained run on to their end. Refuses with `not_found`, and with
 * `scope_not_held`: whoever gets the secret of a client may do what the client may.
 */
export function createRotateClientSecret(deps: Omit<SessionDeps, 'ids'>) {
  return ({ id, granter }: { readonly id: ClientId; readonly granter?: Granter }): Promise<Result<ClientWithSecret>> => {
    const secret = deps.secrets.generate('bks')
    return deps.store.transact<Result<ClientWithSecret>>({
      need: { oauthClientId: id },
      decide: ({ oauthClient: known }) => {
        if (!known) return { result: notFound('client', id), changes: noChanges }
        const beyond = refuseBeyond(granter, known.scopes)
        if (beyond) return { result: beyond, changes: noChanges }
        const client: OAuthClient = { ...known, secretHash: deps.secrets.hash(secret), updatedAt: deps.clock.now(), version: known.version + 1 }
        return { result: ok({ client, secret }), changes: [{ kind: 'put-client', client }] }
      },
    })
  }
}
