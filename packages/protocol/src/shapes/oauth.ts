import { Type } from 'typebox'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'
import { Scope } from './oauth-client.ts'

/** Credentials of RFC 6749, section 2.3.1, for clients that put them into the body instead of Basic. */
const clientCredentials = {
  client_id: Type.Optional(Type.String({ maxLength: 200 })),
  client_secret: Type.Optional(Type.String({ maxLength: 500 })),
}

/** A token request: RFC 6749, section 4.4.2. Unknown parameters are ignored, as section 3.2 demands. */
export const TokenRequest = Type.Object(
  {
    grant_type: Type.String({ description: 'client_credentials' }),
    scope: Type.Optional(Type.String({ description: 'Space-separated; narrows what the client may do.' })),
    ...clientCredentials,
  },
  { title: 'TokenRequest' },
)
export type TokenRequest = Wire<typeof TokenRequest>

/** RFC 6749, section 5.1. `expires_in` in seconds. */
export const TokenAnswer = Type.Object(
  { access_token: Type.String(), token_type: Type.Literal('Bearer'), expires_in: Type.Integer({ minimum: 0 }), scope: Type.String() },
  { title: 'TokenAnswer' },
)
export type TokenAnswer = Wire<typeof TokenAnswer>

/** RFC 6749, section 5.2: what the `/oauth` endpoints answer instead of a problem. */
export const OAuthError = Type.Object(
  {
    error: Type.Enum(['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope', 'unsupported_token_type', 'temporarily_unavailable']),
    error_description: Type.Optional(Type.String()),
    error_uri: Type.Optional(Type.String()),
  },
  { title: 'OAuthError' },
)
export type OAuthError = Wire<typeof OAuthError>

/** The request of RFC 7662 (introspection) and of RFC 7009 (revocation), section 2.1 of each. */
export const TokenReference = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 2000 }), token_type_hint: Type.Optional(Type.String()), ...clientCredentials },
  { title: 'TokenReference' },
)
export type TokenReference = Wire<typeof TokenReference>

/** RFC 7662, section 2.2. Of a token that is not active nothing else is told. Times are epoch seconds. */
export const Introspection = Type.Object(
  {
    active: Type.Boolean(),
    scope: Type.Optional(Type.String()),
    client_id: Type.Optional(Type.String()),
    token_type: Type.Optional(Type.Literal('Bearer')),
    exp: Type.Optional(Type.Integer()),
    iat: Type.Optional(Type.Integer()),
    sub: Type.Optional(Type.String()),
    iss: Type.Optional(Type.String()),
  },
  { title: 'Introspection' },
)
export type Introspection = Wire<typeof Introspection>

/** RFC 8414, section 2. */
export const AuthorizationServer = Type.Object(
  {
    issuer: Type.String(),
    token_endpoint: Type.String(),
    introspection_endpoint: Type.String(),
    revocation_endpoint: Type.String(),
    scopes_supported: Type.Array(Scope),
    response_types_supported: Type.Array(Type.String()),
    grant_types_supported: Type.Array(Type.Literal('client_credentials')),
    token_endpoint_auth_methods_supported: Type.Array(Type.Enum(['client_secret_basic', 'client_secret_post'])),
    introspection_endpoint_auth_methods_supported: Type.Optional(Type.Array(Type.Enum(['client_secret_basic', 'client_secret_post']))),
    revocation_endpoint_auth_methods_supported: Type.Optional(Type.Array(Type.Enum(['client_secret_basic', 'client_secret_post']))),
    service_documentation: Type.Optional(Type.String()),
  },
  { title: 'AuthorizationServer' },
)
export type AuthorizationServer = Wire<typeof AuthorizationServer>

/** This installation, which is to itself what an organization is in a shared cloud. */
const Installation = Type.Object({ id: Type.String(), name: Type.String() })

/**
 * What the calling token may do, and whose it is. `organization`, `authorizedScope` and `OAuthClient` say it in the market leader's words.
 * A desk cookie answers as `agent`.
 */
export const MyToken = Type.Object(
  {
    kind: Type.Enum(['client', 'agent']),
    id: Type.String(),
    name: Type.String(),
    scopes: Type.Array(Scope),
    issuedAt: Type.Optional(Instant),
    expiresAt: Type.Optional(Instant),
    organization: Type.Optional(Installation),
    homeOrganization: Type.Optional(Installation),
    authorizedScope: Type.Optional(Type.Array(Scope, { description: 'The same as scopes.' })),
    OAuthClient: Type.Optional(
      Type.Object(
        {
          id: Type.String(), name: Type.String(), scope: Type.Array(Scope),
          authorizedGrantType: Type.Literal('CLIENT-CREDENTIALS'), state: Type.Literal('active'), organization: Installation,
        },
        { description: 'Absent for a desk cookie.' },
      ),
    ),
  },
  { title: 'MyToken' },
)
export type MyToken = Wire<typeof MyToken>
