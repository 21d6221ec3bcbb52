import { hasSignInEnded, rotate } from '../../domain/identity/sign-in.ts'
import { refuse, ok, type Result } from '../../domain/result.ts'
import type { Change, Decision, Found } from '../../ports/store.ts'
import { sessionEnded, type SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'
import type { GuestSignedIn } from './sign-in-guest.ts'

/**
 * Renews an access. A retired token ends the whole sign-in, with the sessions that stand on it: somebody has a copy, and
 * nobody can tell who is the thief. Refuses with `sign_in_refused`.
 */
export function createRefreshSignIn(deps: SessionDeps) {
  return async ({ refreshToken }: { readonly refreshToken: string }): Promise<Result<GuestSignedIn>> => {
    const hash = deps.secrets.hash(refreshToken)
    const known = await deps.store.signInByRefreshToken(hash)
    if (!known) return refuse({ code: 'sign_in_refused', reason: 'The refresh token is unknown or was revoked: sign in again.' })
    const { id: signInId, deploymentId, identity } = known
    return deps.store.transact({
      need: { deploymentId, signInId, identity: { ...identity, deploymentId } },
      decide: (found) => decide(deps, hash, found),
    })
  }
}

function decide(deps: SessionDeps, hash: string, found: Found): Decision<Result<GuestSignedIn>> {
  const now = deps.clock.now()
  const { signIn, deployment } = found
  if (!signIn || hasSignInEnded(signIn, now)) return { result: refuse({ code: 'sign_in_refused', reason: 'The sign-in has ended: sign in again.' }), changes: noChanges }
  if (deployment?.status !== 'active' || !deployment.authentication?.enabled) return { result: refuse({ code: 'sign_in_disabled' }), changes: noChanges }
  const refreshToken = deps.secrets.generate('bgr')
  const rotated = rotate(signIn, hash, deps.secrets.hash(refreshToken), now)
  if (rotated) return { result: ok({ signIn: rotated, refreshToken }), changes: [{ kind: 'put-sign-in', signIn: rotated }] }
  const sessions = found.identified?.openSessions.filter((one) => one.signInId === signIn.id) ?? []
  const ended: readonly Change[] = [{ kind: 'delete-sign-in', id: signIn.id }, ...sessions.flatMap((one) => sessionEnded(one, 'signed_out', now))]
  return { result: refuse({ code: 'sign_in_refused', reason: 'The refresh token was used before: the sign-in is revoked, sign in again.' }), changes: ended }
}
