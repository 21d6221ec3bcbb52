import { Type } from 'typebox'
import { ExternalId } from '../scalars/identifier.ts'
import { Name } from '../scalars/text.ts'
import type { Wire } from '../wire.ts'

/** Who a business message is from, as the guest sees it. Without one it comes from the calling client (`api`) or agent. */
export const Sender = Type.Object(
  {
    id: Type.Optional(ExternalId),
    name: Type.Optional(Name),
    kind: Type.Optional(Type.Enum(['agent', 'bot', 'api'])),
  },
  { additionalProperties: false, title: 'Sender' },
)
export type Sender = Wire<typeof Sender>

/** Who wrote an entry. */
export const Author = Type.Object(
  {
    id: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    kind: Type.Enum(['customer', 'agent', 'bot', 'api', 'timer']),
  },
  { title: 'Author' },
)
export type Author = Wire<typeof Author>
