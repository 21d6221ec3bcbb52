import { id, sample } from '../../rest/sample.ts'
import { sendMessage } from '../../rest/sending/send-message.ts'
import { scopesByAddress } from '../keys/addresses.ts'
import { spelledSendToAddress } from '../keys/send-keys.ts'
import { sendToAddress } from '../keys/translated.ts'
import { defineSpelling } from '../spelling.ts'

/** A session's id is an address: in whatever state it is, it leads to its person. */
export const sendToGuestSession = defineSpelling({
  operationId: 'send-to-guest-session',
  canonical: 'send-message',
  story: 'S2',
  method: 'POST',
  path: '/api/v2/conversations/messaging/external/guests/sendmessage',
  summary: 'Send to the guest of a session',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['messaging:contact:write', 'messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  scopeRules: scopesByAddress({
    ofConversation: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
    ofContact: ['messaging:contact:write', 'conversations:write', 'admin:conversation:write'],
  }),
  body: spelledSendToAddress,
  responses: sendMessage.responses,
  idempotent: true,
  refusals: sendMessage.refusals,
  examples: [
    {
      summary: 'With the session id kept this morning',
      body: { webChatSessionId: id.session, text: 'Welcome back!' },
      status: 202,
      answer: { ...sample.sendAnswer, canonical: 'POST /api/v2/conversations/messaging/messages' },
    },
  ],
  translate: (call) => sendToAddress(call, 'webChatSessionId'),
})
