import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Ending a session that is over already is the same answer. */
export const endSession = defineOperation({
  operationId: 'end-session',
  method: 'DELETE',
  path: '/api/v2/conversations/messaging/sessions/{sessionId}',
  summary: 'End a session',
  description: 'Takes away the authority of one browser. The conversation stays, and the id stays an address.',
  tags: ['Sessions'],
  auth: 'bearer',
  scopes: ['webchat:session:write', 'webmessaging:write', 'admin:conversation:write'],
  params: Type.Object({ sessionId: Id }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'End a session', params: { sessionId: id.session }, status: 204 }],
})
