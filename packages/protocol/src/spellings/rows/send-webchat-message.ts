import { id, sample } from '../../rest/sample.ts'
import { sendMessage } from '../../rest/sending/send-message.ts'
import { scopesByAddress } from '../keys/addresses.ts'
import { spelledSendToAddress } from '../keys/send-keys.ts'
import { sendToAddress } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

/** Session and contact must lead to the same person. A guest who counts as connected is no conflict: the message is appended. */
export const sendWebchatMessage = defineSpelling({
  operationId: 'send-webchat-message',
  canonical: 'send-message',
  story: 'S3',
  method: 'POST',
  path: '/api/v2/conversations/webchat/messages',
  summary: 'Send a web chat message',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['webchat:write', 'messaging:contact:write', 'messaging:conversation:write', 'admin:conversation:write'],
  scopeRules: scopesByAddress({
    ofConversation: ['webchat:write', 'messaging:conversation:write', 'admin:conversation:write'],
    ofContact: ['webchat:write', 'messaging:contact:write', 'admin:conversation:write'],
  }),
  body: spelledSendToAddress,
  responses: sendMessage.responses,
  idempotent: true,
  refusals: sendMessage.refusals,
  examples: [
    {
      summary: 'From a scheduled job',
      body: { webchatSessionId: id.session, contactId: id.contact, from: { id: 'laravel-job' }, text: 'Your parcel has arrived.' },
      status: 202,
      answer: { ...sample.sendAnswer, did: 'appended', canonical: 'POST /api/v2/conversations/messaging/messages' },
    },
  ],
  translate: (call) => sendToAddress(call, 'webchatSessionId'),
})
