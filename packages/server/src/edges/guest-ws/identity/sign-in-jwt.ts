import { toId, type Clock, type Secrets, type SignIn, type SignInId } from '@beckon/core'
import { errors, jwtVerify, SignJWT } from 'jose'

/** The token by which a guest's client shows that its guest has signed in. */
export interface SignInJwt {
  sign(signIn: SignIn): Promise<string>
  /** The sign-in that it names; undefined for anything that no server of this installation signed, or that has expired. */
  verify(jwt: string): Promise<SignInId | undefined>
  /** The same, of one that may have expired: enough to sign out with. */
  verifyOnce(jwt: string): Promise<SignInId | undefined>
}

/** Long enough for a page to open its socket, short enough to be of little use to whoever finds it. */
const lifetimeSeconds = 15 * 60
const audience = 'guest-sign-in'

/** The sign-in itself is in the store, where it can be revoked: the token only names it, so it says nothing of the person. */
export function createSignInJwt({ secrets, clock }: { readonly secrets: Pick<Secrets, 'deriveKey'>; readonly clock: Clock }): SignInJwt {
  const key = secrets.deriveKey(audience)
  const verify = async (jwt: string, clockTolerance: number): Promise<SignInId | undefined> => {
    try {
      const { payload } = await jwtVerify(jwt, key, { audience, algorithms: ['HS256'], requiredClaims: ['exp', 'jti'], currentDate: new Date(clock.now()), clockTolerance })
      return payload.jti === undefined ? undefined : toId(payload.jti)
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }
  return {
    async sign({ id }) {
      const now = Math.floor(clock.now() / 1000)
      return new SignJWT().setProtectedHeader({ alg: 'HS256' }).setJti(id).setAudience(audience).setIssuedAt(now).setExpirationTime(now + lifetimeSeconds).sign(key)
    },
    verify: (jwt) => verify(jwt, 0),
    verifyOnce: (jwt) => verify(jwt, Number.MAX_SAFE_INTEGER / 2),
  }
}
