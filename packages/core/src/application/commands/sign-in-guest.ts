import { hasSignInEnded, signInLasts, type SignIn } from '../../domain/identity/sign-in.ts'
import type { Authentication } from '../../domain/deployment/authentication.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { plus } from '../../domain/instant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { IdentityProof, IdentityProvider, RelyingParty } from '../../ports/identity-provider.ts'
import type { Secrets } from '../../ports/secrets.ts'
import type { SessionDeps } from '../session-changes.ts'

export interface SignInGuest {
  readonly deploymentId: DeploymentId
  readonly proof: IdentityProof
}

export interface GuestSignedIn {
  readonly signIn: SignIn
  /** Shown once, in this answer; absent where the guest brought the provider's token itself, which cannot be renewed here. */
  readonly refreshToken?: string
}

export type SignInDeps = SessionDeps & { readonly identityProvider: IdentityProvider }

/**
 * Has the guest's proof looked at by the deployment's provider, and remembers who they are. Refuses with `not_found`,
 * `sign_in_disabled`, `invalid_request` (a redirect that is not the deployment's), `sign_in_refused`; rejects with
 * `IdentityProviderUnavailable`.
 */
export function createSignInGuest(deps: SignInDeps) {
  return async ({ deploymentId, proof }: SignInGuest): Promise<Result<GuestSignedIn>> => {
    const deployment = await deps.store.deployment(deploymentId)
    if (deployment?.status !== 'active') return notFound('deployment', deploymentId)
    const { authentication } = deployment
    if (!authentication?.enabled) return refuse({ code: 'sign_in_disabled' })
    if ('code' in proof && !authentication.redirectUris.includes(proof.redirectUri)) return refuse({ code: 'invalid_request', faults: [unknownRedirect] })
    const proven = await deps.identityProvider.prove(relyingParty(deps.secrets, authentication), proof)
    if (!proven.ok) return proven
    const now = deps.clock.now()
    const refreshToken = 'code' in proof ? deps.secrets.generate('bgr') : undefined
    const signIn: SignIn = {
      id: deps.ids.next(),
      deploymentId,
      ...proven.value,
      ...(refreshToken === undefined ? {} : { refresh: { current: deps.secrets.hash(refreshToken) } }),
      createdAt: now,
      expiresAt: plus(now, signInLasts),
      version: 1,
    }
    await deps.store.transact({ need: {}, decide: () => ({ result: null, changes: [{ kind: 'put-sign-in', signIn }] }) })
    return ok({ signIn, ...(refreshToken === undefined ? {} : { refreshToken }) })
  }
}

/** The refusal of an access whose sign-in does not stand any more, or not for this deployment. */
export function signInStanding(signIn: SignIn | undefined, deploymentId: DeploymentId, now: SignIn['expiresAt']): Result<SignIn> {
  if (signIn?.deploymentId !== deploymentId) return refuse({ code: 'sign_in_refused', reason: 'The sign-in was revoked: sign in again.' })
  return hasSignInEnded(signIn, now) ? refuse({ code: 'sign_in_refused', reason: 'The sign-in has expired: sign in again.' }) : ok(signIn)
}

const unknownRedirect = { pointer: '#/oauth/redirectUri', detail: "is none of the deployment's redirectUris" }

function relyingParty(secrets: Secrets, { issuer, clientId, sealedClientSecret }: Authentication): RelyingParty {
  if (sealedClientSecret === undefined) return { issuer, clientId }
  return { issuer, clientId, clientSecret: must(secrets.unseal(sealedClientSecret), "the deployment's client secret was sealed with this installation's key") }
}
