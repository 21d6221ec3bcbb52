import type { Fault } from '../refusal.ts'

/** How guests of a deployment prove who they are: by an OpenID provider that the business trusts. */
export interface Authentication {
  readonly enabled: boolean
  readonly issuer: string
  readonly clientId: string
  /** Sealed, as it must be shown to the provider again; absent for a public client. */
  readonly sealedClientSecret?: string
  /** What a guest wrote before they signed in goes over to the person they prove to be. */
  readonly allowSessionUpgrade: boolean
  /** Exactly as registered at the provider; a code is exchanged for none but these. */
  readonly redirectUris: readonly string[]
  /** The provider's subject is the business's own id of the person (`externalId`). */
  readonly subjectIsExternalId: boolean
}

/** Left out: as it was. A secret of null is taken away. */
export type AuthenticationSettings = Partial<Omit<Authentication, 'sealedClientSecret'>> & { readonly clientSecret?: string | null }

export const noAuthentication: Authentication = {
  enabled: false, issuer: '', clientId: '', allowSessionUpgrade: true, redirectUris: [], subjectIsExternalId: false,
}

/** The kept secret was meant for one client at one provider: it does not go to another unless it is given again. */
export function updateAuthentication(known: Authentication, settings: AuthenticationSettings, seal: (secret: string) => string): Authentication {
  const { clientSecret, ...given } = settings
  const { sealedClientSecret, ...rest } = { ...known, ...given }
  const isSameClient = rest.issuer === known.issuer && rest.clientId === known.clientId
  if (clientSecret === undefined) return isSameClient && sealedClientSecret !== undefined ? { ...rest, sealedClientSecret } : rest
  return clientSecret === null ? rest : { ...rest, sealedClientSecret: seal(clientSecret) }
}

/** What keeps these settings from being of use. Pointers are those of a deployment's settings. */
export function authenticationFaults({ enabled, issuer, clientId, redirectUris }: Authentication): readonly Fault[] {
  const faults: Fault[] = []
  if (enabled && issuer === '') faults.push({ pointer: '#/authentication/issuer', detail: 'is needed to enable authentication' })
  if (enabled && clientId === '') faults.push({ pointer: '#/authentication/clientId', detail: 'is needed to enable authentication' })
  if (issuer !== '' && !isIssuer(issuer)) faults.push({ pointer: '#/authentication/issuer', detail: 'must be an http or https address without query and fragment' })
  for (const [index, uri] of redirectUris.entries()) {
    if (!isAbsolute(uri)) faults.push({ pointer: `#/authentication/redirectUris/${index}`, detail: 'must be an absolute address without a fragment' })
  }
  return faults
}

/** OpenID Connect Discovery 1.0, section 3; whether plain http may be called is for the network's guard to say. */
function isIssuer(text: string): boolean {
  return /^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(text)
}

/** Apps have schemes of their own (RFC 8252, section 7.1). */
function isAbsolute(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s#]+$/i.test(text)
}
