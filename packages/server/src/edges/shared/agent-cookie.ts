/** The desk's sign-in. */
const agentCookie = 'beckon_agent'

/**
 * A page of another site can make a browser send the cookie, but not this header: so a cookie counts for a changing
 * call only beside it.
 */
export const deskHeader = 'x-beckon-desk'

const pair = new RegExp(`(?:^|;\\s*)${agentCookie}=([^;]*)`)

/** The sign-in's secret, or undefined where there is none. */
export function readAgentCookie(cookies: string | undefined): string | undefined {
  const value = cookies === undefined ? undefined : pair.exec(cookies)?.[1]
  return value === undefined || value === '' ? undefined : value
}

/** `Set-Cookie` (RFC 6265): out of reach of scripts and of other sites. */
export function agentCookieHeader(secret: string, maxAgeSeconds: number, isSecure: boolean): string {
  return `${agentCookie}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${isSecure ? '; Secure' : ''}`
}
