import { id, sample } from '../../rest/sample.ts'
import { sendMessage } from '../../rest/sending/send-message.ts'
import { spelledSendToAddress } from '../keys/send-keys.ts'
import { sendToAddress } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

/** `from` of the type contact names the person to write to. */
export const sendWebchat = defineSpelling({
  operationId: 'send-webchat',
  canonical: 'send-message',
  story: 'S3',
  method: 'POST',
  path: '/api/v2/conversations/webchat',
  summary: 'Send to the contact of a web chat',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['webchat:write', 'admin:conversation:write'],
  body: spelledSendToAddress,
  responses: sendMessage.responses,
  idempotent: true,
  refusals: sendMessage.refusals,
  examples: [
    {
      summary: 'To a contact who is called the sender',
      body: { from: { id: id.contact, type: 'contact' }, text: 'Your parcel has arrived.', type: 'message' },
      status: 202,
      answer: { ...sample.sendAnswer, canonical: 'POST /api/v2/conversations/messaging/messages' },
    },
  ],
  translate: (call) => sendToAddress(call, 'contactId'),
})
