import { Type } from 'typebox'
import { problemCodes } from '../errors.ts'
import type { Wire } from '../wire.ts'

/** Where in the request a fault lies: `pointer` is a JSON Pointer as a fragment, or names a header or a query parameter. */
export const Fault = Type.Object({ pointer: Type.String(), detail: Type.String() }, { title: 'Fault' })
export type Fault = Wire<typeof Fault>

/** A call that would succeed now; `href` is relative to the server. */
export const Action = Type.Object(
  { method: Type.String(), href: Type.String(), body: Type.Optional(Type.Unknown()), scope: Type.Optional(Type.String()) },
  { title: 'Action' },
)
export type Action = Wire<typeof Action>

/**
 * A refusal: RFC 9457, with the keys that older programs read (`code`, `message`, `status`, `contextId`) beside it.
 * `type` is the page of this documentation about `code`; `contextId` finds the request in the logs.
 */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    instance: Type.String(),
    code: Type.Enum([...problemCodes]),
    message: Type.String({ description: 'The same as detail.' }),
    contextId: Type.String(),
    requiredScope: Type.Optional(Type.String({ description: 'The scopes of which one is needed, space-separated.' })),
    grantedScopes: Type.Optional(Type.Array(Type.String())),
    currentState: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(Fault)),
    actions: Type.Optional(Type.Array(Action)),
  },
  { title: 'Problem' },
)
export type Problem = Wire<typeof Problem>
