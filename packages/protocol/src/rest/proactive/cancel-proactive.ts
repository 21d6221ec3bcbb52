import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Proactive } from '../../shapes/proactive.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** While nobody has got it. Cancelling a cancelled one is the same answer. */
export const cancelProactive = defineOperation({
  operationId: 'cancel-proactive',
  method: 'DELETE',
  path: '/api/v2/conversations/messaging/proactive/{proactiveId}',
  summary: 'Take a message back that nobody has got yet',
  tags: ['Proactive messages'],
  auth: 'bearer',
  scopes: ['messaging:contact:write', 'messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ proactiveId: Id }),
  responses: { 200: Proactive },
  idempotent: false,
  refusals: ['already_sent', 'erased'],
  examples: [
    {
      summary: 'Cancelled in time',
      params: { proactiveId: id.proactive },
      status: 200,
      answer: { ...sample.proactive, status: 'cancelled', statusReason: 'cancelled' },
    },
  ],
})
