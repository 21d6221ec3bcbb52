import { operations, scopeNames } from '@beckon/protocol'
import type { Handler } from '../../shared/operation/operation-call.ts'
import type { OauthDeps } from '../oauth-deps.ts'

const methods = ['client_secret_basic', 'client_secret_post'] as const

/** RFC 8414. The issuer is exactly the address the document is found under. */
export function getAuthorizationServer({ publicUrl }: Pick<OauthDeps, 'publicUrl'>): Handler<'get-authorization-server'> {
  const body = {
    issuer: publicUrl,
    token_endpoint: publicUrl + operations['issue-token'].path,
    introspection_endpoint: publicUrl + operations['introspect-token'].path,
    revocation_endpoint: publicUrl + operations['revoke-token'].path,
    scopes_supported: [...scopeNames],
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_methods_supported: methods,
    service_documentation: `${publicUrl}/docs`,
  } as const
  return () => Promise.resolve({ status: 200, body })
}
