import { Type } from 'typebox'
import { ExternalId, Id } from '../../scalars/identifier.ts'
import { sessionKeyFields, sessionKeys } from '../../shapes/session-keys.ts'
import { saysSomething, SendAnswer, sendFields, SendPlan } from '../../shapes/send.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

const [sessionKey, ...otherSessionKeys] = sessionKeys

/** 200 answers a dry run. Naming a conversation makes it a send to that conversation, also for the scope. */
export const sendMessage = defineOperation({
  operationId: 'send-message',
  method: 'POST',
  path: '/api/v2/conversations/messaging/messages',
  summary: 'Send, with the address in the body',
  description:
    'Any of `contactId`, `externalId`, `conversationId`, `sessionId` (in any state; `webChatSessionId` and `webchatSessionId` are the same) is an address. Several must lead to the same person; else the call is refused, pointing at each.',
  tags: ['Sending'],
  auth: 'bearer',
  scopes: ['messaging:contact:write', 'messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  scopeRules: [
    {
      when: { field: 'conversationId' },
      scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
    },
    { when: { field: 'contactId' }, scopes: ['messaging:contact:write', 'conversations:write', 'admin:conversation:write'] },
    { when: { field: 'externalId' }, scopes: ['messaging:contact:write', 'conversations:write', 'admin:conversation:write'] },
    { when: { field: sessionKey, alsoFields: otherSessionKeys }, scopes: ['messaging:contact:write', 'conversations:write', 'admin:conversation:write'] },
  ],
  body: Type.Object(
    {
      contactId: Type.Optional(Id),
      externalId: Type.Optional(ExternalId),
      conversationId: Type.Optional(Id),
      ...sessionKeyFields,
      ...sendFields,
    },
    {
      additionalProperties: false,
      allOf: [
        { anyOf: [{ required: ['contactId'] }, { required: ['externalId'] }, { required: ['conversationId'] }, ...sessionKeys.map((key) => ({ required: [key] }))] },
        saysSomething,
      ],
    },
  ),
  responses: { 200: SendPlan, 202: SendAnswer },
  idempotent: true,
  refusals: ['not_found', 'conversation_closed', 'conversation_open', 'opted_out', 'unreachable', 'attachment_refused', 'erased'],
  examples: [
    {
      summary: 'With a session id that expired long ago',
      body: { sessionId: id.session, text: 'Your parcel has arrived.', from: { name: 'Parcel desk' } },
      status: 202,
      answer: sample.sendAnswer,
    },
    {
      summary: 'What would happen?',
      body: { externalId: 'crm-4711', text: 'Your parcel has arrived.', dryRun: true },
      status: 200,
      answer: { status: 'sent', contactId: id.contact, conversationId: id.conversation, found: sample.found, did: 'reopened', deliveries: [sample.delivery] },
    },
  ],
})
