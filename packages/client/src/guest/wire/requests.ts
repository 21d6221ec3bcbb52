import type { GuestCursors, QuickReplyAnswer } from '../guest.ts'

/** Where a client stands in a conversation, so that the server sends what comes after. */
export interface Resume {
  readonly conversationId: string
  readonly seq: number
  readonly epoch: string
}

export interface ConfigureRequest {
  readonly deploymentId: string
  readonly tracingId: string
  readonly startNew: boolean
  readonly resume: Resume | undefined
}

/** The frames a guest sends, each as the text that goes over the wire. */
export interface Requests {
  readonly configure: (request: ConfigureRequest) => string
  readonly message: (clientId: string, text: string, answerTo: QuickReplyAnswer | undefined) => string
  readonly typing: () => string
  readonly clear: () => string
  readonly acknowledge: (conversationId: string, cursors: Partial<GuestCursors>) => string
  readonly history: (conversationId: string, beforeSeq: number, limit: number, tracingId: string) => string
  readonly echo: (tracingId: string) => string
}

export function requestsOf(token: () => string): Requests {
  const frame = (action: string, rest: object): string => JSON.stringify({ action, token: token(), ...rest })
  const event = (...events: readonly object[]): string => frame('onMessage', { message: { type: 'Event', events } })
  return {
    configure: ({ deploymentId, tracingId, startNew, resume }) =>
      frame('configureSession', { deploymentId, tracingId, startNew, beckon: { version: 1, resume } }),
    // The client id doubles as tracing id, so that a refusal finds its message without a table of requests.
    message: (clientId, text, answerTo) =>
      frame('onMessage', { tracingId: clientId, clientId, message: messageBody(text, answerTo) }),
    typing: () => event({ eventType: 'Typing', typing: { type: 'On' } }),
    clear: () => event({ eventType: 'Presence', presence: { type: 'Clear' } }),
    acknowledge: (conversationId, cursors) => frame('acknowledge', { conversationId, ...cursors }),
    history: (conversationId, beforeSeq, limit, tracingId) =>
      frame('history', { conversationId, beforeSeq, limit, tracingId }),
    echo: (tracingId) => frame('echo', { tracingId, message: { type: 'Text', text: 'ping' } }),
  }
}

function messageBody(text: string, answerTo: QuickReplyAnswer | undefined): object {
  if (answerTo === undefined) return { type: 'Text', text }
  const { messageId: originatingMessageId, payload } = answerTo
  const buttonResponse = { text, payload, type: 'QuickReply', originatingMessageId }
  return { type: 'Structured', text, content: [{ contentType: 'ButtonResponse', buttonResponse }] }
}
