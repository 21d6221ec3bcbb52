import { deploymentId } from '../environment.ts'

/** Where everybody acts at once. */
export interface Place {
  readonly contactId: string
  readonly conversationId: string
}

/** One call of a program; `text` marks its message, if it sends one. */
export interface Way {
  readonly name: string
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  readonly path: (place: Place) => string
  readonly body?: (place: Place, text: string) => object
  readonly sends?: true
  /** Its message may stand in a closed conversation. */
  readonly staysClosed?: true
}

const messaging = '/api/v2/conversations/messaging'
const toConversation = ({ conversationId }: Place): string => `${messaging}/${conversationId}/messages`
const toContact = ({ contactId }: Place): string => `${messaging}/contacts/${contactId}/messages`

/** Every way to close, to reopen and to write: as documented, as the field spells it, and as the market leader's own programs do. */
export const ways: readonly Way[] = [
  { name: 'close', method: 'PATCH', path: ({ conversationId }) => `${messaging}/${conversationId}`, body: () => ({ status: 'closed' }) },
  { name: 'reopen', method: 'PATCH', path: ({ conversationId }) => `${messaging}/${conversationId}`, body: () => ({ status: 'open' }) },
  { name: 'add the guest back', method: 'POST', path: ({ conversationId }) => `${messaging}/${conversationId}/participants`, body: () => ({}) },
  { name: 'send', method: 'POST', path: toConversation, body: (_, text) => ({ text }), sends: true },
  { name: 'send, staying closed', method: 'POST', path: toConversation, body: (_, text) => ({ text, policy: { whenClosed: 'append' } }), sends: true, staysClosed: true },
  { name: 'send unless closed', method: 'POST', path: toConversation, body: (_, text) => ({ text, policy: { whenClosed: 'reject' } }), sends: true },
  { name: 'send to the person', method: 'POST', path: toContact, body: (_, text) => ({ text }), sends: true },
  { name: 'send, starting anew when closed', method: 'POST', path: toContact, body: (_, text) => ({ text, policy: { whenClosed: 'startLinked' } }), sends: true },
  { name: 'webchat: send', method: 'POST', path: ({ conversationId }) => `/api/v2/conversations/webchat/${conversationId}/messages`, body: (_, text) => ({ Text: text }), sends: true },
  { name: 'webchat: send to the person', method: 'POST', path: () => '/api/v2/conversations/webchat/messages', body: ({ contactId }, text) => ({ contactId, text }), sends: true },
  { name: 'set the status', method: 'PATCH', path: ({ conversationId }) => `${messaging}/conversations/${conversationId}`, body: () => ({ status: 'open' }) },
  { name: 'end the instance', method: 'DELETE', path: ({ conversationId }) => `/api/v2/conversations/webmessaging/instances/${conversationId}` },
  { name: 'official: disconnect', method: 'POST', path: ({ conversationId }) => `/api/v2/conversations/${conversationId}/disconnect` },
  { name: 'official: set the state', method: 'PATCH', path: ({ conversationId }) => `/api/v2/conversations/messages/${conversationId}`, body: () => ({ state: 'connected' }) },
  {
    name: 'official: agentless', method: 'POST', path: () => '/api/v2/conversations/messages/agentless', sends: true,
    body: ({ contactId }, text) => ({ fromAddress: deploymentId, toAddressMessengerType: 'webmessaging', externalContactId: contactId, textBody: text }),
  },
]
