import type { SignInId } from '../../domain/ids.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Change } from '../../ports/store.ts'
import { sessionEnded, type SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

/**
 * Signs the person out wherever they are signed in: every sign-in, the sessions that stand on them, every push device.
 * Refuses with `sign_in_refused` when the sign-in does not stand any more.
 */
export function createSignOutGuest(deps: SessionDeps) {
  return async ({ signInId }: { readonly signInId: SignInId }): Promise<Result<null>> => {
    const known = await deps.store.signIn(signInId)
    if (!known) return refuse({ code: 'sign_in_refused', reason: 'The sign-in was revoked before.' })
    const { deploymentId, identity } = known
    return deps.store.transact<Result<null>>({
      need: { signInId, identity: { ...identity, deploymentId } },
      decide: ({ signIn, identified }) => {
        if (!signIn) return { result: ok(null), changes: noChanges }
        const now = deps.clock.now()
        const signedIn = identified?.openSessions.filter((one) => one.signInId !== undefined) ?? []
        const devices: readonly Change[] = identified ? [{ kind: 'delete-push-devices', contactId: identified.contact.id }] : []
        return {
          result: ok(null),
          changes: [{ kind: 'delete-sign-ins', deploymentId, identity }, ...signedIn.flatMap((one) => sessionEnded(one, 'signed_out', now)), ...devices],
        }
      },
    })
  }
}
