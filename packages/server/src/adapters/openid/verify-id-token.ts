import { holdsUnfitText, ok, refuse, type Clock, type IdentityClaims, type ProvenIdentity, type Result } from '@beckon/core'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import type { ProviderDocuments } from './provider-documents.ts'

export interface Expected {
  readonly issuer: string
  readonly clientId: string
  readonly nonce?: string | undefined
  readonly maxAge?: number | undefined
  /** Seconds since it was made, where the guest carried it here: an older one may have been found somewhere. */
  readonly mostSecondsOld?: number
}

/** Clocks of two companies differ. */
const toleranceSeconds = 60

/** OpenID Connect Core 1.0, section 3.1.3.7. Refuses with `sign_in_refused`. */
export async function verifyIdToken(documents: ProviderDocuments, clock: Clock, idToken: string, expected: Expected): Promise<Result<ProvenIdentity>> {
  const now = new Date(clock.now())
  try {
    const { payload } = await verifySignature(documents, now, idToken, expected)
    const fault = claimFault(payload, expected, now)
    if (fault !== undefined) return refused(fault)
    return ok({ identity: { issuer: expected.issuer, subject: payload.sub ?? '' }, claims: claimsOf(payload) })
  } catch (error) {
    if (error instanceof errors.JOSEError) return refused(wordsOf(error))
    throw error
  }
}

async function verifySignature(documents: ProviderDocuments, currentDate: Date, idToken: string, { issuer, clientId, mostSecondsOld }: Expected) {
  const { signingAlgorithms } = await documents.metadata(issuer)
  const options = {
    issuer, currentDate,
    audience: clientId,
    algorithms: [...signingAlgorithms],
    clockTolerance: toleranceSeconds,
    requiredClaims: ['sub', 'iat', 'exp'],
    ...(mostSecondsOld === undefined ? {} : { maxTokenAge: mostSecondsOld }),
  }
  try {
    return await jwtVerify(idToken, await documents.keys(issuer, false), options)
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
    // Providers change their keys, and sign with the new one at once.
    return jwtVerify(idToken, await documents.keys(issuer, true), options)
  }
}

function claimFault({ aud, azp, nonce, sub, auth_time: authTime }: JWTPayload, expected: Expected, now: Date): string | undefined {
  if (azp === undefined ? Array.isArray(aud) && aud.length > 1 : azp !== expected.clientId) return 'The id token was made for another client.'
  if (expected.nonce !== undefined && nonce !== expected.nonce) return 'The nonce of the id token is another one.'
  if (!isSubject(sub)) return 'The id token names nobody.'
  if (expected.maxAge === undefined) return undefined
  const age = typeof authTime === 'number' ? now.getTime() / 1000 - authTime : Infinity
  return age > expected.maxAge + toleranceSeconds ? 'The provider has not asked for credentials recently enough.' : undefined
}

/** OpenID Connect Core 1.0, section 2. */
const longestSubject = 255

function isSubject(sub: unknown): boolean {
  return typeof sub === 'string' && sub !== '' && sub.length <= longestSubject && !holdsUnfitText(sub)
}

const wordsByCode: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'The id token has expired.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'The signature of the id token is not the provider’s.',
  ERR_JWKS_NO_MATCHING_KEY: 'The id token is signed with a key that is not the provider’s.',
  ERR_JOSE_ALG_NOT_ALLOWED: 'The id token is signed in a way that is not accepted.',
}
const wordsByClaim: Readonly<Record<string, string>> = {
  aud: 'The id token was made for another client.',
  iss: 'The id token was made by another provider.',
}

function wordsOf(error: errors.JOSEError): string {
  const claim = error instanceof errors.JWTClaimValidationFailed ? wordsByClaim[error.claim] : undefined
  return claim ?? wordsByCode[error.code] ?? 'The id token is not valid.'
}

function refused(reason: string): Result<never> {
  return refuse({ code: 'sign_in_refused', reason })
}

const taken = { name: 'name', given_name: 'givenName', family_name: 'familyName', locale: 'locale', zoneinfo: 'timeZone' } as const
const longestClaim = 200

/** An address that the provider has not seen answered may be anybody's. */
function claimsOf(payload: JWTPayload): IdentityClaims {
  const given = Object.entries(taken).flatMap(([claim, name]) => {
    const value = payload[claim]
    return typeof value === 'string' && value !== '' && value.length <= longestClaim && !holdsUnfitText(value) ? [[name, value] as const] : []
  })
  const email = payload['email_verified'] === true && typeof payload['email'] === 'string' && !holdsUnfitText(payload['email']) ? { email: payload['email'] } : {}
  return { ...Object.fromEntries(given), ...email }
}
