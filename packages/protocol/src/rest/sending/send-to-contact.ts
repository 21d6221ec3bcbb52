import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Send, SendAnswer, SendPlan } from '../../shapes/send.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** The proactive send. 200 answers a dry run. */
export const sendToContact = defineOperation({
  operationId: 'send-to-contact',
  method: 'POST',
  path: '/api/v2/conversations/messaging/contacts/{contactId}/messages',
  summary: 'Reach a contact, in whatever state they are',
  description:
    'An open conversation is continued, a closed one treated by `policy.whenClosed`, and without one a quiet conversation starts. 202 means that the message is stored; `deliveries` tells how it travels.',
  tags: ['Sending'],
  auth: 'bearer',
  scopes: ['messaging:contact:write', 'admin:conversation:write'],
  params: Type.Object({ contactId: Id }),
  body: Send,
  responses: { 200: SendPlan, 202: SendAnswer },
  idempotent: true,
  refusals: ['conversation_closed', 'conversation_open', 'opted_out', 'unreachable', 'attachment_refused', 'erased'],
  examples: [
    {
      summary: 'To a guest who has left',
      params: { contactId: id.contact },
      body: { text: 'Your parcel has arrived.', from: { name: 'Parcel desk', kind: 'api' } },
      status: 202,
      answer: sample.sendAnswer,
    },
    {
      summary: 'Tomorrow morning, unless they write first',
      params: { contactId: id.contact },
      body: { text: 'How was the delivery?', policy: { sendAt: '2026-03-05T09:00:00.000Z', unless: ['replied'], supersedeKey: 'survey' } },
      status: 202,
      answer: {
        id: id.proactive, status: 'scheduled', contactId: id.contact, messageId: id.message,
        found: sample.found, deliveries: [], deferUntil: '2026-03-05T09:00:00.000Z',
      },
    },
  ],
})
