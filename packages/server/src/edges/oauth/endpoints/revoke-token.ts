import type { OauthDeps } from '../oauth-deps.ts'
import { oauthRefusal } from '../oauth-refusal.ts'
import type { OauthEndpoint } from './oauth-endpoint.ts'

/** RFC 7009. Unknown, foreign and spent tokens are answered like any other: there is nothing left to do (section 2.2). */
export function revokeToken({ useCases, bus }: Pick<OauthDeps, 'useCases' | 'bus'>): OauthEndpoint<never> {
  return {
    check: ({ token }) => (token === undefined ? oauthRefusal('invalid_request', 'token is missing.') : undefined),
    async answer({ client, parameters: { token: secret = '' } }) {
      await useCases.revokeToken({ client, secret })
      bus.publish({ kind: 'access-changed' })
      return { ok: true, value: undefined }
    },
  }
}
