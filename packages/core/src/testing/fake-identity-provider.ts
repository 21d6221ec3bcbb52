import { ok, refuse, type Result } from '../domain/result.ts'
import { IdentityProviderUnavailable, type IdentityProof, type IdentityProvider, type ProvenIdentity, type RelyingParty } from '../ports/identity-provider.ts'

export interface FakeIdentityProvider extends IdentityProvider {
  /** What the provider will say of a code or token; whatever it does not know proves nothing. */
  readonly people: Map<string, ProvenIdentity>
  /** Who asked, with what. */
  readonly asked: { readonly party: RelyingParty; readonly proof: IdentityProof }[]
  goAway(): void
}

/** A provider that knows people by code. */
export function createFakeIdentityProvider(): FakeIdentityProvider {
  const people = new Map<string, ProvenIdentity>()
  const asked: { readonly party: RelyingParty; readonly proof: IdentityProof }[] = []
  let isAway = false
  return {
    people,
    asked,
    goAway() {
      isAway = true
    },
    async prove(party, proof): Promise<Result<ProvenIdentity>> {
      asked.push({ party, proof })
      if (isAway) throw new IdentityProviderUnavailable('the provider is away')
      const proven = people.get('code' in proof ? proof.code : proof.idToken)
      return proven ? ok(proven) : refuse({ code: 'sign_in_refused', reason: 'The provider does not know this code.' })
    },
  }
}
