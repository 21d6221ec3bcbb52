import { Type } from 'typebox'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'
import { Route } from './policy.ts'

/** One attempt to bring one message to one person by one route. */
export const Delivery = Type.Object(
  {
    route: Route,
    status: Type.Enum(['waiting', 'sent', 'delivered', 'seen', 'failed', 'cancelled']),
    at: Type.Optional(Instant),
    connections: Type.Optional(Type.Integer({ minimum: 0, description: 'Open sockets when it was sent.' })),
    detail: Type.Optional(Type.String()),
  },
  { title: 'Delivery' },
)
export type Delivery = Wire<typeof Delivery>
