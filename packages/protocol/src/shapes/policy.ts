import { Type } from 'typebox'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'

/** What a business message does to a closed conversation. */
export const WhenClosed = Type.Enum(['reopen', 'append', 'startLinked', 'reject'])

/** What happens when no route leads to the guest right now. */
export const WhenUnreachable = Type.Enum(['store', 'reject'])

/** Why the business writes; consent is given or declined for each. */
export const Purpose = Type.Enum(['service', 'marketing'])

/** A way to bring a message to a person. `live` covers open sockets now and the return of the guest later. */
export const Route = Type.Enum(['live', 'webpush', 'email', 'hook'])

/** A caller's wishes for one send; what is left out follows the deployment. */
export const SendPolicy = Type.Object(
  {
    whenClosed: Type.Optional(WhenClosed),
    whenOpen: Type.Optional(Type.Enum(['append', 'reject'], { description: 'Whether to break into a conversation that is under way; append unless said.' })),
    whenUnreachable: Type.Optional(WhenUnreachable),
    sendAt: Type.Optional(Type.String({ ...Instant, description: 'Send then, not now.' })),
    expiresAt: Type.Optional(Type.String({ ...Instant, description: 'Withdraw the message if nobody has seen it by then.' })),
    unless: Type.Optional(
      Type.Array(Type.Enum(['replied', 'seen']), { maxItems: 2, uniqueItems: true, description: 'Drop later steps once this has happened.' }),
    ),
    supersedeKey: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'A newer message with the same key replaces this one while nobody has got it.' }),
    ),
    purpose: Type.Optional(Purpose),
    routes: Type.Optional(Type.Array(Route, { minItems: 1, maxItems: 4, uniqueItems: true })),
  },
  { additionalProperties: false, title: 'SendPolicy' },
)
export type SendPolicy = Wire<typeof SendPolicy>
