import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Purpose, WhenClosed, WhenUnreachable } from '../../shapes/policy.ts'
import { Reachability } from '../../shapes/reachability.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Planned by the same rules as a send; a refusal that the send would meet is told in the answer. */
export const getReachability = defineOperation({
  operationId: 'get-reachability',
  method: 'GET',
  path: '/api/v2/conversations/messaging/contacts/{contactId}/reachability',
  summary: 'See what a send would do now',
  tags: ['Sending'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ contactId: Id }),
  query: Type.Object(
    { whenClosed: Type.Optional(WhenClosed), whenUnreachable: Type.Optional(WhenUnreachable), purpose: Type.Optional(Purpose) },
    { additionalProperties: false },
  ),
  responses: { 200: Reachability },
  idempotent: false,
  refusals: ['erased'],
  examples: [
    {
      summary: 'A guest who has left',
      params: { contactId: id.contact },
      query: { whenClosed: 'reopen' },
      status: 200,
      answer: { contactId: id.contact, reachableNow: false, found: sample.found, would: 'reopen', deliveries: [sample.delivery] },
    },
  ],
})
