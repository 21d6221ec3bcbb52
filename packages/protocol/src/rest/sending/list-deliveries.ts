import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Delivery } from '../../shapes/delivery.ts'
import { Proactive } from '../../shapes/proactive.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Every attempt to bring one message to the guest. A scheduled message has no `seq` yet. */
export const listDeliveries = defineOperation({
  operationId: 'list-deliveries',
  method: 'GET',
  path: '/api/v2/conversations/messaging/messages/{messageId}/deliveries',
  summary: 'See what became of a message',
  tags: ['Sending'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ messageId: Id }),
  responses: {
    200: Type.Object({
      messageId: Id,
      conversationId: Type.Optional(Id),
      seq: Type.Optional(Type.Integer({ minimum: 1 })),
      proactive: Type.Optional(Proactive),
      entities: Type.Array(Delivery),
      overdueSince: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Only where its time has come and no worker keeps the appointment: since when.' })),
    }),
  },
  idempotent: false,
  refusals: ['erased'],
  examples: [
    {
      summary: 'Waiting for the guest to return',
      params: { messageId: id.message },
      status: 200,
      answer: { messageId: id.message, conversationId: id.conversation, seq: 7, proactive: sample.proactive, entities: [sample.delivery] },
    },
  ],
})
