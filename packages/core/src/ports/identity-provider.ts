import type { Identity, IdentityClaims } from '../domain/identity/identity.ts'
import type { Result } from '../domain/result.ts'

/** This server at an OpenID provider. */
export interface RelyingParty {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
}

/** What a guest brings from the provider: a code to be exchanged there, or the token itself. */
export type IdentityProof = CodeProof | TokenProof

export interface CodeProof {
  readonly code: string
  readonly redirectUri: string
  /** PKCE (RFC 7636). */
  readonly codeVerifier?: string
  /** Checked where given. */
  readonly nonce?: string
  /** The provider must have asked for the person's credentials within these seconds. */
  readonly maxAge?: number
}

export interface TokenProof {
  readonly idToken: string
  readonly nonce: string
  readonly maxAge?: number
}

export interface ProvenIdentity {
  readonly identity: Identity
  readonly claims: IdentityClaims
}

export interface IdentityProvider {
  /** Refuses with `sign_in_refused` what does not prove anything; rejects with `IdentityProviderUnavailable`. */
  prove(party: RelyingParty, proof: IdentityProof): Promise<Result<ProvenIdentity>>
}

/** The provider is away, or does not know this server: nothing is said about the guest, and trying again later may succeed. */
export class IdentityProviderUnavailable extends Error {
  override readonly name = 'IdentityProviderUnavailable'
  readonly retryable = true
}
