/** What a page may load and who may frame it. Nothing inline, nothing evaluated, nothing from elsewhere. */
export type Policy = 'demo' | 'desk' | 'docs'

const common = "base-uri 'none'; object-src 'none'; form-action 'self'"

/** `socketUrl` stands beside 'self' because older browsers do not let 'self' cover ws: and wss:. */
export function pageHeaders(policy: Policy, publicUrl: string): Readonly<Record<string, string>> {
  const socketUrl = publicUrl.replace(/^http/, 'ws')
  const policies: Readonly<Record<Policy, string>> = {
    demo: `default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ${socketUrl}; frame-ancestors 'self'; ${common}`,
    desk: `default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ${socketUrl}; frame-ancestors 'none'; ${common}`,
    docs: `default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; ${common}`,
  }
  return { 'content-security-policy': policies[policy], ...plainHeaders, 'x-frame-options': policy === 'demo' ? 'SAMEORIGIN' : 'DENY' }
}

/** For every file, page or not. */
export const plainHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

/** The widget's files are made to be loaded by other sites. */
export const embeddableHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
}
