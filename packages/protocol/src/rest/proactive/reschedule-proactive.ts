import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Instant } from '../../scalars/instant.ts'
import { Proactive } from '../../shapes/proactive.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Only while it is scheduled. */
export const rescheduleProactive = defineOperation({
  operationId: 'reschedule-proactive',
  method: 'PATCH',
  path: '/api/v2/conversations/messaging/proactive/{proactiveId}',
  summary: 'Move a scheduled message',
  tags: ['Proactive messages'],
  auth: 'bearer',
  scopes: ['messaging:contact:write', 'messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ proactiveId: Id }),
  body: Type.Object(
    { sendAt: Type.Optional(Instant), expiresAt: Type.Optional(Instant) },
    { additionalProperties: false, minProperties: 1 },
  ),
  responses: { 200: Proactive },
  idempotent: true,
  refusals: ['already_sent', 'erased'],
  examples: [
    {
      summary: 'A day later',
      params: { proactiveId: id.proactive },
      body: { sendAt: '2026-03-06T09:00:00.000Z' },
      status: 200,
      answer: { ...sample.proactive, status: 'scheduled', sendAt: '2026-03-06T09:00:00.000Z' },
    },
  ],
})
