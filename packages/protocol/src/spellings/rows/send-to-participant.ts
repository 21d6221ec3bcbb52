import { Type } from 'typebox'
import { id, sample } from '../../rest/sample.ts'
import { sendToConversation } from '../../rest/sending/send-to-conversation.ts'
import { Id } from '../../scalars/identifier.ts'
import { readSendBody, spelledSend } from '../keys/send-keys.ts'
import { param, translated } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

/** The pair of ids that a CRM keeps. Both count: a participant who is not of the conversation is `not_found`. */
export const sendToParticipant = defineSpelling({
  operationId: 'send-to-participant',
  canonical: 'send-to-conversation',
  story: 'S0',
  method: 'POST',
  path: '/api/v2/communications/conversations/{conversationId}/participants/{participantId}/messages',
  summary: 'Send to a participant of a conversation',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id, participantId: Id }),
  body: spelledSend,
  responses: sendToConversation.responses,
  idempotent: true,
  refusals: sendToConversation.refusals,
  examples: [
    {
      summary: 'Twenty minutes after the chat was closed',
      params: { conversationId: id.conversation, participantId: id.customer },
      body: { messageType: 'proactive', content: { text: 'Did you need anything else?' }, forceOpen: true },
      status: 202,
      answer: { ...sample.sendAnswer, canonical: `POST /api/v2/conversations/messaging/${id.conversation}/messages` },
    },
  ],
  translate: (call) =>
    translated(call, { conversationId: param(call, 'conversationId') }, (body) => ({ participantId: param(call, 'participantId'), ...readSendBody(body) })),
})
