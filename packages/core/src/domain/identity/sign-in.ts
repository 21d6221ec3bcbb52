import type { DeploymentId, SignInId } from '../ids.ts'
import { days, plus, type Duration, type Instant } from '../instant.ts'
import type { Identity, IdentityClaims } from './identity.ts'

/** One proof of who a guest is, given on one browser: what their sessions there stand on until it ends or is revoked. */
export interface SignIn {
  readonly id: SignInId
  readonly deploymentId: DeploymentId
  readonly identity: Identity
  readonly claims: IdentityClaims
  /** Hashes of what may be exchanged for another access; absent where the flow hands out no refresh token. */
  readonly refresh?: RefreshTokens
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly version: number
}

export interface RefreshTokens {
  readonly current: string
  /** Handed out in exchange for the current one, newest last; the first use of one retires it and the others. */
  readonly successors?: readonly string[]
}

/** Tabs of one browser, which all renew when the server comes back, and of whose answers the browser keeps any. */
const mostSuccessors = 10

/** A sign-in that nobody refreshes ends by itself. */
export const signInLasts: Duration = days(30)

/**
 * A refresh token presented: `undefined` when it is retired, which only somebody does who got hold of a copy. The token
 * stays good until a successor is used: an answer may be lost on its way, and some clients keep their first for ever.
 */
export function rotate(signIn: SignIn, presented: string, successor: string, now: Instant): SignIn | undefined {
  const { refresh } = signIn
  const { current, successors = [] } = refresh ?? {}
  if (presented !== current && !successors.includes(presented)) return undefined
  const others = presented === current ? successors.slice(1 - mostSuccessors) : []
  return { ...signIn, refresh: { current: presented, successors: [...others, successor] }, expiresAt: plus(now, signInLasts), version: signIn.version + 1 }
}

export function hasSignInEnded({ expiresAt }: SignIn, now: Instant): boolean {
  return expiresAt <= now
}
