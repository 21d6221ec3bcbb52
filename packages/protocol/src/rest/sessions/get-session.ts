import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Session } from '../../shapes/session.ts'
import { defineOperation } from '../operation.ts'
import { id, sample, time } from '../sample.ts'

/** Answers for sessions in every state. */
export const getSession = defineOperation({
  operationId: 'get-session',
  method: 'GET',
  path: '/api/v2/conversations/messaging/sessions/{sessionId}',
  summary: 'See the state and lifetime of a session',
  tags: ['Sessions'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ sessionId: Id }),
  responses: { 200: Session },
  idempotent: false,
  examples: [
    {
      summary: 'An expired session',
      params: { sessionId: id.session },
      status: 200,
      answer: { ...sample.session, state: 'expired', endedAt: time.expiry, endedReason: 'expired' },
    },
  ],
})
