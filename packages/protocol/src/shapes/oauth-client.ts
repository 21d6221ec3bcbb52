import { Type } from 'typebox'
import { scopeNames } from '../scopes.ts'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import { Name } from '../scalars/text.ts'
import type { Wire } from '../wire.ts'

/** A scope a token may hold. */
export const Scope = Type.Enum([...scopeNames], { title: 'Scope' })

const settings = {
  name: Name,
  scopes: Type.Array(Scope, { minItems: 1, uniqueItems: true }),
  tokenLifetimeSeconds: Type.Integer({ minimum: 1, maximum: 2_592_000 }),
}

/** What is said to create a client. Tokens last an hour unless said otherwise. */
export const ClientRegistration = Type.Object(
  { name: settings.name, scopes: settings.scopes, tokenLifetimeSeconds: Type.Optional(settings.tokenLifetimeSeconds) },
  { additionalProperties: false, title: 'ClientRegistration' },
)
export type ClientRegistration = Wire<typeof ClientRegistration>

/** What may be changed of a client. Scopes taken away are gone from its living tokens too. */
export const ClientChanges = Type.Partial(ClientRegistration, { additionalProperties: false, title: 'ClientChanges' })
export type ClientChanges = Wire<typeof ClientChanges>

const client = { id: Id, ...settings, createdAt: Instant, updatedAt: Instant }

/** A program of the business that may ask for tokens. */
export const OAuthClient = Type.Object(client, { title: 'OAuthClient' })
export type OAuthClient = Wire<typeof OAuthClient>

/** A client with its new secret, which is shown this once. */
export const OAuthClientWithSecret = Type.Object({ ...client, secret: Type.String() }, { title: 'OAuthClientWithSecret' })
export type OAuthClientWithSecret = Wire<typeof OAuthClientWithSecret>
