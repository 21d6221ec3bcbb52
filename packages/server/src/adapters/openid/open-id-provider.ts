import { IdentityProviderUnavailable, ok, refuse, type Clock, type CodeProof, type IdentityProvider, type RelyingParty, type Result } from '@beckon/core'
import { ask, createProviderDocuments, parseObject, type ProviderDocuments, type ProviderFetch } from './provider-documents.ts'
import { verifyIdToken } from './verify-id-token.ts'

export interface OpenIdDeps {
  readonly fetch: ProviderFetch
  readonly clock: Clock
}

/** A guest who carries the token here does so at once. */
const carriedSeconds = 300

/** Asks OpenID providers who a guest is: the authorization code flow with PKCE, and the token that the implicit flow hands to the page. */
export function createOpenIdProvider({ fetch, clock }: OpenIdDeps): IdentityProvider {
  const documents = createProviderDocuments(fetch, clock)
  return {
    async prove(party, proof) {
      const { issuer, clientId } = party
      if ('idToken' in proof) {
        const { idToken, nonce, maxAge } = proof
        return verifyIdToken(documents, clock, idToken, { issuer, clientId, nonce, maxAge, mostSecondsOld: carriedSeconds })
      }
      const idToken = await exchange(fetch, documents, party, proof)
      return idToken.ok ? verifyIdToken(documents, clock, idToken.value, { issuer, clientId, nonce: proof.nonce, maxAge: proof.maxAge }) : idToken
    },
  }
}

/** The code for the id token (RFC 6749, section 4.1.3). */
async function exchange(fetch: ProviderFetch, documents: ProviderDocuments, party: RelyingParty, proof: CodeProof): Promise<Result<string>> {
  const { tokenEndpoint, takesBasicCredentials } = await documents.metadata(party.issuer)
  const { status, text } = await ask(fetch, { url: tokenEndpoint, method: 'POST', ...codeRequest(party, proof, takesBasicCredentials) })
  const answer = parseObject(text) ?? {}
  if (status === 200 && typeof answer['id_token'] === 'string') return ok(answer['id_token'])
  // All else is between this server and the provider: a wrong secret, a redirect that is not registered, a bad day.
  if (status === 400 && answer['error'] === 'invalid_grant') {
    return refuse({ code: 'sign_in_refused', reason: 'The provider does not take this code: it is unknown, expired or used, or it was asked for with another redirect or verifier.' })
  }
  throw new IdentityProviderUnavailable(`${tokenEndpoint} answered ${status} ${typeof answer['error'] === 'string' ? answer['error'] : 'without an id token'}`)
}

function codeRequest({ clientId, clientSecret }: RelyingParty, { code, redirectUri, codeVerifier }: CodeProof, takesBasicCredentials: boolean) {
  const isBasic = clientSecret !== undefined && takesBasicCredentials
  const body = new URLSearchParams({
    grant_type: 'authorization_code', code, redirect_uri: redirectUri,
    ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
    ...(isBasic ? {} : { client_id: clientId }),
    ...(clientSecret === undefined || isBasic ? {} : { client_secret: clientSecret }),
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(isBasic ? { authorization: basic(clientId, clientSecret) } : {}) }
  return { body: body.toString(), headers }
}

/** Both parts are encoded as in a form first (RFC 6749, section 2.3.1). */
function basic(clientId: string, clientSecret: string): string {
  const [id, secret] = [clientId, clientSecret].map((part) => new URLSearchParams([['', part]]).toString().slice(1))
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}
