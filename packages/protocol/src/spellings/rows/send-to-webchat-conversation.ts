import { Type } from 'typebox'
import { id, sample } from '../../rest/sample.ts'
import { sendToConversation } from '../../rest/sending/send-to-conversation.ts'
import { Id } from '../../scalars/identifier.ts'
import { readSendBody, spelledSend } from '../keys/send-keys.ts'
import { param, translated } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

const canonical = `POST /api/v2/conversations/messaging/${id.conversation}/messages`

/** What C# programs write, property names as .NET serializes them. */
export const sendToWebchatConversation = defineSpelling({
  operationId: 'send-to-webchat-conversation',
  canonical: 'send-to-conversation',
  story: 'S0',
  method: 'POST',
  path: '/api/v2/conversations/webchat/{conversationId}/messages',
  summary: 'Send to a web chat conversation',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['webchat:write', 'messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: spelledSend,
  responses: sendToConversation.responses,
  idempotent: true,
  refusals: sendToConversation.refusals,
  examples: [
    {
      summary: 'From a C# program',
      params: { conversationId: id.conversation },
      body: { Text: 'Did you need anything else?', SenderId: 'crm', Type: 'message' },
      status: 202,
      answer: { ...sample.sendAnswer, canonical },
    },
    {
      summary: 'The same from JavaScript',
      params: { conversationId: id.conversation },
      body: { text: 'Did you need anything else?', senderId: 'crm', type: 'message' },
      status: 202,
      answer: { ...sample.sendAnswer, canonical },
    },
  ],
  translate: (call) => translated(call, { conversationId: param(call, 'conversationId') }, readSendBody),
})
