import type { DeploymentId } from '../ids.ts'

/** Who somebody is according to an OpenID provider. Only both together name a person: two providers may use the same subject. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
}

/** What a provider says of a person beside who they are; taken over where the contact has nothing of the kind. */
export interface IdentityClaims {
  readonly name?: string
  readonly givenName?: string
  readonly familyName?: string
  readonly email?: string
  readonly locale?: string
  readonly timeZone?: string
}

/** The one key of an identity. A provider is trusted by its deployment alone, so it names nobody in another. */
export function identityKey(deploymentId: DeploymentId, { issuer, subject }: Identity): string {
  return JSON.stringify([deploymentId, issuer, subject])
}
