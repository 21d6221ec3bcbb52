import type { Action } from '@beckon/protocol'

/** Answers every valid token: what it holds, as the server sees it. */
export const whatIMayDo: Action = { method: 'GET', href: '/api/v2/tokens/me' }

/** The challenge that tells a library which scope to ask for (RFC 6750, section 3). */
export function scopeChallenge(detail: string, scope: string): Readonly<Record<string, string>> {
  return { 'www-authenticate': `Bearer realm="beckon", error="insufficient_scope", error_description="${ascii(detail)}", scope="${scope}"` }
}

/** RFC 6750 allows printable ASCII without quotes in a description. */
function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")
}
