import { addConversationParticipant, addWebParticipant } from './rows/add-conversation-participant.ts'
import { createWebchatSession } from './rows/create-webchat-session.ts'
import { endWebmessagingInstance } from './rows/end-webmessaging-instance.ts'
import { sendConversationMessage } from './rows/send-conversation-message.ts'
import { sendToGuestSession } from './rows/send-to-guest-session.ts'
import { sendToParticipant } from './rows/send-to-participant.ts'
import { sendToWebchatConversation } from './rows/send-to-webchat-conversation.ts'
import { sendWebchat } from './rows/send-webchat.ts'
import { sendWebchatMessage } from './rows/send-webchat-message.ts'
import { setConversationStatus } from './rows/set-conversation-status.ts'
import type { Spelling } from './spelling.ts'

/** Every spelling of the field that is accepted as written, by its id, in the order of the stories. */
export const spellings = {
  'send-to-participant': sendToParticipant,
  'send-to-webchat-conversation': sendToWebchatConversation,
  'set-conversation-status': setConversationStatus,
  'add-conversation-participant': addConversationParticipant,
  'add-web-participant': addWebParticipant,
  'send-to-guest-session': sendToGuestSession,
  'create-webchat-session': createWebchatSession,
  'send-webchat-message': sendWebchatMessage,
  'send-conversation-message': sendConversationMessage,
  'send-webchat': sendWebchat,
  'end-webmessaging-instance': endWebmessagingInstance,
} as const satisfies Readonly<Record<string, Spelling>>

export type SpellingId = keyof typeof spellings

/** Every id, in the order of the table. */
export const spellingIds = Object.keys(spellings).filter(isSpellingId)

function isSpellingId(text: string): text is SpellingId {
  return Object.hasOwn(spellings, text)
}
