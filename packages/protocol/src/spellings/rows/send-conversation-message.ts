import { Type } from 'typebox'
import { id, sample } from '../../rest/sample.ts'
import { sendMessage } from '../../rest/sending/send-message.ts'
import { scopesByAddress } from '../keys/addresses.ts'
import { createBodyReader } from '../keys/body-reader.ts'
import { inBothCasings } from '../keys/both-casings.ts'
import { addressedSendKeys } from '../keys/send-keys.ts'
import { sendToAddress } from '../keys/translated.ts'
import { defineSpelling, type SpelledCall, type Translation } from '../spelling.ts'

/** What the market leader's own operation of this path takes. It reaches phones and messaging services, never a web page. */
const officialKeys = ['queueId', 'toAddress', 'toAddressMessengerType', 'useExistingConversation', 'externalContactId', 'externalOrganizationId', 'useUserFromAddress'] as const
const official = Type.Unknown({ description: 'Of the market leader’s own operation of this path, which is refused: it never reaches a web page.' })

export const sendConversationMessage = defineSpelling({
  operationId: 'send-conversation-message',
  canonical: 'send-message',
  story: 'S3',
  method: 'POST',
  path: '/api/v2/conversations/messages',
  summary: 'Send a message to a conversation',
  description:
    'The market leader has an operation of its own at this path (`queueId`, `toAddress`, `toAddressMessengerType`), which never reaches web messaging. A body of that kind is refused, naming `POST /api/v2/conversations/messages/agentless`, which does.',
  tags: ['Spellings of the field'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'messaging:contact:write', 'conversations:write', 'admin:conversation:write'],
  scopeRules: scopesByAddress({
    ofConversation: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
    ofContact: ['messaging:contact:write', 'conversations:write', 'admin:conversation:write'],
  }),
  body: inBothCasings({ ...addressedSendKeys, ...Object.fromEntries(officialKeys.map((name) => [name, official])) }),
  responses: sendMessage.responses,
  idempotent: true,
  refusals: sendMessage.refusals,
  examples: [
    {
      summary: 'Into the thread that is there',
      body: { conversationId: id.conversation, text: 'Your parcel has arrived.' },
      status: 202,
      answer: { ...sample.sendAnswer, canonical: 'POST /api/v2/conversations/messaging/messages' },
    },
  ],
  translate,
})

function translate(call: SpelledCall): Translation {
  const pointers = createBodyReader(call.body).pointersOf(officialKeys)
  return pointers.length === 0 ? sendToAddress(call, 'conversationId') : { ok: false, faults: pointers.map((pointer) => ({ pointer, detail: lesson })) }
}

const lesson =
  'belongs to the official operation of this path, which never reaches web messaging; POST /api/v2/conversations/messages/agentless with toAddressMessengerType "webmessaging" does, and so does a conversationId with a text here'
