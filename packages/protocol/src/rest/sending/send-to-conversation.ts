import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { saysSomething, SendAnswer, sendFields, SendPlan } from '../../shapes/send.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** 200 answers a dry run. */
export const sendToConversation = defineOperation({
  operationId: 'send-to-conversation',
  method: 'POST',
  path: '/api/v2/conversations/messaging/{conversationId}/messages',
  summary: 'Send to a conversation, whatever its state',
  description: 'A closed conversation is reopened, appended to, or continued in a linked one, by `policy.whenClosed`. 202 means that the message is stored.',
  tags: ['Sending'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: Type.Object(
    {
      participantId: Type.Optional(Type.String({ ...Id, description: 'Must be one of this conversation, for callers who keep both ids; the message goes to its customer.' })),
      ...sendFields,
    },
    { additionalProperties: false, ...saysSomething },
  ),
  responses: { 200: SendPlan, 202: SendAnswer },
  idempotent: true,
  refusals: ['conversation_closed', 'conversation_open', 'opted_out', 'unreachable', 'attachment_refused', 'erased'],
  examples: [
    {
      summary: 'Twenty minutes after the chat was closed',
      params: { conversationId: id.conversation },
      body: { text: 'Your parcel has arrived.', from: { name: 'Parcel desk', kind: 'api' }, proactive: true },
      status: 202,
      answer: sample.sendAnswer,
    },
  ],
})
