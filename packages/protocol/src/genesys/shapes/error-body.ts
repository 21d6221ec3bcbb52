import { Type } from 'typebox'
import { Action } from '../../shapes/problem.ts'
import type { Wire } from '../../wire.ts'

/**
 * A refusal in the market leader's envelope, with what Beckon says beside it: `requiredScope`, `grantedScopes`,
 * `currentState` and `actions` as in its own problems, and `type`, the page of the documentation about it.
 */
export const GenesysErrorBody = Type.Object(
  {
    message: Type.String(),
    code: Type.String(),
    status: Type.Integer(),
    messageWithParams: Type.String(),
    messageParams: Type.Record(Type.String(), Type.String()),
    contextId: Type.String({ description: 'The same as the header ININ-Correlation-Id.' }),
    details: Type.Array(Type.Object({ errorCode: Type.String(), fieldName: Type.String() })),
    errors: Type.Array(Type.Unknown()),
    type: Type.String(),
    requiredScope: Type.Optional(Type.String()),
    grantedScopes: Type.Optional(Type.Array(Type.String())),
    currentState: Type.Optional(Type.String()),
    actions: Type.Optional(Type.Array(Action)),
  },
  { title: 'GenesysErrorBody' },
)
export type GenesysErrorBody = Wire<typeof GenesysErrorBody>
