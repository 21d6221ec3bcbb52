import type { AccessToken, OAuthClient } from '../../domain/access/client.ts'
import type { Scope } from '../../domain/access/scope.ts'
import { plus } from '../../domain/instant.ts'
import type { SessionDeps } from '../session-changes.ts'

export interface IssuedToken {
  readonly secret: string
  readonly token: AccessToken
}

/** An access token for a client that has proved itself, with some or all of its scopes. */
export function createIssueToken({ store, clock, secrets }: Pick<SessionDeps, 'store' | 'clock' | 'secrets'>) {
  return async ({ client, scopes }: { readonly client: OAuthClient; readonly scopes: readonly Scope[] }): Promise<IssuedToken> => {
    const secret = secrets.generate('bkt')
    const now = clock.now()
    const token: AccessToken = { hash: secrets.hash(secret), clientId: client.id, scopes, issuedAt: now, expiresAt: plus(now, client.tokenLifetime) }
    await store.transact({ need: {}, decide: () => ({ result: null, changes: [{ kind: 'put-token', token }] }) })
    return { secret, token }
  }
}
