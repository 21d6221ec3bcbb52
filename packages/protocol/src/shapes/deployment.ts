import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Duration, Instant } from '../scalars/instant.ts'
import { Name } from '../scalars/text.ts'
import type { Wire } from '../wire.ts'
import { WhenClosed, WhenUnreachable } from './policy.ts'

const Rate = Type.Integer({ minimum: 1, maximum: 1_000_000 })

const looks = {
  title: Type.String({ minLength: 1, maxLength: 80 }),
  greeting: Type.String({ maxLength: 500 }),
  primaryColor: Type.String({ pattern: '^#[0-9A-Fa-f]{6}$' }),
  position: Type.Enum(['right', 'left']),
}

const limits = {
  messagesPerSecond: Rate,
  requestsPerMinute: Rate,
  configuresPerMinute: Rate,
  connectionsPerMinute: Rate,
  connectionsPerSession: Type.Integer({ minimum: 1, maximum: 100 }),
}

const fileUpload = {
  enabled: Type.Boolean({ description: 'Whether guests may send files.' }),
  modes: Type.Array(
    Type.Object(
      {
        fileTypes: Type.Array(Type.String({ pattern: '^([a-z0-9.+-]+|\\*)/([a-z0-9.+-]+|\\*)$', maxLength: 200 }), { minItems: 1, maxItems: 100 }),
        maxFileSizeKB: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 20, description: 'MIME types that guests may send, `image/*` for a family and `*/*` for all, and how large each may be in units of 1024 bytes.' },
  ),
  blockedExtensions: Type.Array(Type.String({ pattern: '^\\.[a-z0-9]+$', maxLength: 20 }), { maxItems: 500, description: 'Never taken, from either side: in lower case, with the dot.' }),
}

const authentication = {
  enabled: Type.Boolean({ description: 'Whether guests may sign in.' }),
  issuer: Type.String({ maxLength: 2000, description: 'The OpenID provider, exactly as it calls itself.' }),
  clientId: Type.String({ maxLength: 500, description: 'This deployment’s client at the provider.' }),
  allowSessionUpgrade: Type.Boolean({ description: 'What a guest wrote before they signed in goes over to the person they prove to be.' }),
  redirectUris: Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), { maxItems: 50, description: 'As registered at the provider; no code of another is exchanged.' }),
  subjectIsExternalId: Type.Boolean({ description: 'The provider’s subject is the business’s own id of the person, `externalId`.' }),
}

/** Written, never shown again; null takes it away. Without one the client is public. */
const clientSecret = Type.Union([Type.String({ minLength: 1, maxLength: 1000 }), Type.Null()])

const settings = {
  name: Name,
  status: Type.Enum(['active', 'inactive']),
  allowedDomains: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
    maxItems: 200,
    description: 'Hosts whose pages may open sockets, each with its subdomains; `*` for every host.',
  }),
  sessionDuration: Duration,
  afterExpiry: Type.Enum(['show', 'unreadOnly', 'forget']),
  guestWritesAfterClose: Type.Enum(['reopen', 'startLinked', 'readOnly']),
  reopenWithin: Duration,
  whenClosed: WhenClosed,
  whenUnreachable: WhenUnreachable,
  autoStart: Type.Boolean(),
  clearEnabled: Type.Boolean(),
}

/** Settings of a deployment. Left out on creation: the default. Left out on an update: as it was. */
export const DeploymentSettings = Type.Object(
  {
    ...Type.Partial(Type.Object(settings)).properties,
    idleCloseAfter: Type.Optional(Duration),
    looks: Type.Optional(Type.Partial(Type.Object(looks), { additionalProperties: false })),
    limits: Type.Optional(Type.Partial(Type.Object(limits), { additionalProperties: false })),
    authentication: Type.Optional(Type.Object({ ...Type.Partial(Type.Object(authentication)).properties, clientSecret: Type.Optional(clientSecret) }, { additionalProperties: false })),
    fileUpload: Type.Optional(Type.Partial(Type.Object(fileUpload), { additionalProperties: false })),
  },
  { additionalProperties: false, title: 'DeploymentSettings' },
)
export type DeploymentSettings = Wire<typeof DeploymentSettings>

/** One site or brand that embeds the widget. */
export const Deployment = Type.Object(
  {
    id: Id,
    ...settings,
    idleCloseAfter: Type.Optional(Duration),
    looks: Type.Object(looks),
    limits: Type.Object(limits),
    fileUpload: Type.Object(fileUpload),
    authentication: Type.Optional(Type.Object({ ...authentication, hasClientSecret: Type.Boolean() })),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { title: 'Deployment' },
)
export type Deployment = Wire<typeof Deployment>
