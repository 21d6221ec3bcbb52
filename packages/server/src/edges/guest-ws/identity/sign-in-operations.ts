import { must, toId, type Clock, type GuestSignedIn, type IdentityProof, type Result, type UseCases } from '@beckon/core'
import type { SignedInGuest, SignInRequest } from '@beckon/protocol'
import { rateLimitedDraft, type ProblemDraft } from '../../shared/http-refused.ts'
import { createGuessLimits, type GuessLimits } from '../../shared/limits/guess-limits.ts'
import type { Answer, Handler } from '../../shared/operation/operation-call.ts'
import type { SignInJwt } from './sign-in-jwt.ts'

export interface SignInDeps {
  readonly useCases: Pick<UseCases, 'signInGuest' | 'refreshSignIn' | 'signOutGuest'>
  readonly clock: Clock
  readonly jwt: SignInJwt
  /** The deployment's provider, so that a client that names another is not answered for it. */
  readonly issuerOf: (deploymentId: string) => Promise<string | undefined>
}

/** Exchange, renewal and end of a guest's sign-in (guest-protocol 2.9). */
export function signInOperations(deps: SignInDeps) {
  const limits = createGuessLimits(deps.clock)
  return {
    signInGuest: signInGuest(deps, limits),
    refreshSignIn: refreshSignIn(deps, limits),
    signOutGuest: signOutGuest(deps),
  }
}

function signInGuest({ useCases, jwt, issuerOf }: SignInDeps, limits: GuessLimits): Handler<'sign-in-guest'> {
  return async ({ body, request }) => {
    const { deploymentId, oauth } = body
    if (oauth.iss !== undefined && oauth.iss !== (await issuerOf(deploymentId))) return { ok: false, refusal: { code: 'sign_in_refused', reason: 'The answer came from another provider than the deployment’s.' } }
    const judge = (): Promise<Result<GuestSignedIn>> => useCases.signInGuest({ deploymentId: toId(deploymentId), proof: proofOf(oauth) })
    return judged(limits, { address: request.ip, name: deploymentId, jwt }, judge)
  }
}

function refreshSignIn({ useCases, jwt }: SignInDeps, limits: GuessLimits): Handler<'refresh-sign-in'> {
  return ({ body, request }) => judged(limits, { address: request.ip, name: 'refresh', jwt }, () => useCases.refreshSignIn(body))
}

function signOutGuest({ useCases, jwt }: SignInDeps): Handler<'sign-out-guest'> {
  return async ({ request }) => {
    const presented = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const signInId = presented === undefined ? undefined : await jwt.verifyOnce(presented)
    if (signInId === undefined) return { ok: false, draft: noToken }
    const signedOut = await useCases.signOutGuest({ signInId })
    return signedOut.ok ? { status: 204 } : signedOut
  }
}

interface Attempt {
  readonly address: string
  readonly name: string
  readonly jwt: SignInJwt
}

/** Only what proves nothing counts as a guess; what is merely wrong with the request does not. */
async function judged(limits: GuessLimits, { address, name, jwt }: Attempt, judge: () => Promise<Result<GuestSignedIn>>): Promise<Answer<'refresh-sign-in'>> {
  let refused: Result<never> | undefined
  const attempt = await limits.attempt(address, name, async () => {
    const result = await judge()
    if (result.ok || result.refusal.code !== 'sign_in_refused') return result
    refused = result
    return undefined
  })
  if ('waitSeconds' in attempt) return { ok: false, draft: rateLimitedDraft(`Too many attempts that proved nothing. Try again in ${attempt.waitSeconds} s.`, attempt.waitSeconds) }
  return answer(must(attempt.judged ?? refused, 'an attempt that was judged has a result'), jwt)
}

async function answer(result: Result<GuestSignedIn>, jwt: SignInJwt): Promise<Answer<'refresh-sign-in'>> {
  if (!result.ok) return result
  const { signIn, refreshToken } = result.value
  const body: SignedInGuest = { jwt: await jwt.sign(signIn), ...(refreshToken === undefined ? {} : { refreshToken }) }
  return { status: 200, body }
}

function proofOf(oauth: SignInRequest['oauth']): IdentityProof {
  const { iss: _, ...proof } = oauth
  return proof
}

const noToken: ProblemDraft = { code: 'sign_in_refused', detail: 'There is no bearer token of a guest who has signed in.', headers: { 'www-authenticate': 'Bearer realm="beckon"' } }
