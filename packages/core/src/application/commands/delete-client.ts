import type { ClientId } from '../../domain/ids.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

/** Its tokens stop working with it. Refuses with `not_found`. */
export function createDeleteClient({ store }: Pick<SessionDeps, 'store'>) {
  return ({ id }: { readonly id: ClientId }): Promise<Result<null>> =>
    store.transact<Result<null>>({
      need: { oauthClientId: id },
      decide: ({ oauthClient }) =>
        oauthClient ? { result: ok(null), changes: [{ kind: 'delete-client', id }] } : { result: notFound('client', id), changes: noChanges },
    })
}
