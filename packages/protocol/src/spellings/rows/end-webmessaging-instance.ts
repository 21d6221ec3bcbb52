import { Type } from 'typebox'
import { updateConversation } from '../../rest/conversations/update-conversation.ts'
import { id } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import { param, translated } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

/** Ending what has ended is the same answer. */
export const endWebmessagingInstance = defineSpelling({
  operationId: 'end-webmessaging-instance',
  canonical: 'update-conversation',
  story: 'S4',
  method: 'DELETE',
  path: '/api/v2/conversations/webmessaging/instances/{conversationId}',
  summary: 'End a web messaging conversation',
  description: 'The guest sees that it was closed, and events tell it. Ending one that has ended is the same answer.',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['webmessaging:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  responses: { 204: null },
  idempotent: true,
  ifMatch: 'optional',
  refusals: updateConversation.refusals,
  examples: [{ summary: 'From a ticketing system', params: { conversationId: id.conversation }, status: 204 }],
  translate: (call) => translated(call, { conversationId: param(call, 'conversationId') }, () => ({ status: 'closed' })),
})
