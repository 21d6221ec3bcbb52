import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'
import { Delivery } from './delivery.ts'
import { Found } from './send.ts'

/** What a send to this contact would do now, and by which routes; or the refusal it would meet. */
export const Reachability = Type.Object(
  {
    contactId: Id,
    reachableNow: Type.Boolean({ description: 'Some route would reach the guest without waiting for a return.' }),
    found: Type.Optional(Found),
    would: Type.Optional(Type.Enum(['append', 'reopen', 'start', 'startLinked'])),
    deliveries: Type.Array(Delivery),
    deferUntil: Type.Optional(Instant),
    refusal: Type.Optional(Type.Object({ code: Type.String(), detail: Type.String() })),
  },
  { title: 'Reachability' },
)
export type Reachability = Wire<typeof Reachability>
