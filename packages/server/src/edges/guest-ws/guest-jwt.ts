import { toId, type Clock, type ContactId, type Secrets, type Session, type SessionId } from '@beckon/core'
import { jwtVerify, SignJWT } from 'jose'

export interface GuestJwt {
  /** `exp` in epoch seconds. */
  sign(session: Session): Promise<{ jwt: string; exp: number }>
  /** Undefined for anything that this server did not sign, or no longer stands for. */
  verify(jwt: string): Promise<{ readonly contactId: ContactId; readonly sessionId: SessionId } | undefined>
}

const lifetimeSeconds = 60
const audience = 'guest-history'

/** The key lives as long as the process: a token that outlives it is asked for again over the socket. */
export function createGuestJwt({ secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock }): GuestJwt {
  const key = new TextEncoder().encode(secrets.generate('jwt'))
  return {
    async sign(session) {
      const exp = Math.floor(clock.now() / 1000) + lifetimeSeconds
      const jwt = await new SignJWT({ sid: session.id }).setProtectedHeader({ alg: 'HS256' }).setSubject(session.contactId).setAudience(audience).setExpirationTime(exp).sign(key)
      return { jwt, exp }
    },
    async verify(jwt) {
      try {
        const { payload } = await jwtVerify(jwt, key, { audience, algorithms: ['HS256'], currentDate: new Date(clock.now()) })
        const sid = payload['sid']
        if (payload.sub === undefined || typeof sid !== 'string') return undefined
        return { contactId: toId(payload.sub), sessionId: toId(sid) }
      } catch {
        return undefined
      }
    },
  }
}
