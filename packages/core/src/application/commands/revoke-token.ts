import type { OAuthClient } from '../../domain/access/client.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

/** A token that is unknown or another client's is none of the caller's business: nothing happens (RFC 7009, section 2.2). */
export function createRevokeToken({ store, clock, secrets }: Pick<SessionDeps, 'store' | 'clock' | 'secrets'>) {
  return async ({ client, secret }: { readonly client: OAuthClient; readonly secret: string }): Promise<void> => {
    const tokenHash = secrets.hash(secret)
    await store.transact({
      need: { tokenHash },
      decide: ({ accessToken }) => {
        const isTheirs = accessToken?.clientId === client.id && accessToken.revokedAt === undefined
        return { result: null, changes: isTheirs ? [{ kind: 'put-token', token: { ...accessToken, revokedAt: clock.now() } }] : noChanges }
      },
    })
  }
}
