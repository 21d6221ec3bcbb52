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
    createdAt: Instant,
    updatedAt: Instant,
  },
  { title: 'Deployment' },
)
export type Deployment = Wire<typeof Deployment>
