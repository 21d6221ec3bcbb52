import type { ClientId } from '../ids.ts'
import type { Duration, Instant } from '../instant.ts'
import type { Scope } from './scope.ts'

/** A program of the business that may ask for access tokens (RFC 6749, section 2). */
export interface OAuthClient {
  readonly id: ClientId
  readonly name: string
  readonly secretHash: string
  readonly scopes: readonly Scope[]
  readonly tokenLifetime: Duration
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

/** Only the hash of an access token is kept; the token itself is shown once. */
export interface AccessToken {
  readonly hash: string
  readonly clientId: ClientId
  readonly scopes: readonly Scope[]
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly revokedAt?: Instant
}

export type TokenState = 'active' | 'expired' | 'revoked'

export function tokenState(token: AccessToken, now: Instant): TokenState {
  if (token.revokedAt !== undefined) return 'revoked'
  return token.expiresAt <= now ? 'expired' : 'active'
}
