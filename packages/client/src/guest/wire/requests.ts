import type { FileToAttach, GuestChoice, GuestCursors, QuickReplyAnswer, SentFile } from '../guest.ts'

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
  /** Of a guest who has signed in. */
  readonly jwt: string | undefined
}

export interface MessageRequest {
  readonly clientId: string
  readonly text: string
  readonly answerTo: QuickReplyAnswer | undefined
  readonly files?: readonly SentFile[]
}

/** The frames a guest sends, each as the text that goes over the wire. */
export interface Requests {
  readonly configure: (request: ConfigureRequest) => string
  readonly message: (message: MessageRequest) => string
  readonly announceFile: (attachmentId: string, file: FileToAttach) => string
  readonly askForFile: (attachmentId: string, tracingId: string) => string
  readonly takeBackFile: (attachmentId: string) => string
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
    configure: ({ jwt, resume, ...rest }) =>
      frame(jwt === undefined ? 'configureSession' : 'configureAuthenticatedSession', {
        ...rest,
        data: jwt === undefined ? undefined : { code: jwt },
        beckon: { version: 1, resume },
      }),
    // The client id doubles as tracing id, so that a refusal finds its message without a table of requests.
    message: (message) =>
      frame('onMessage', { tracingId: message.clientId, clientId: message.clientId, message: messageBody(message) }),
    // A refusal finds its file the same way.
    announceFile: (attachmentId, { name: fileName, type: fileType, body }) =>
      frame('onAttachment', { tracingId: attachmentId, attachmentId, fileName, fileType, fileSize: body.size, errorsAsJson: true }),
    askForFile: (attachmentId, tracingId) => frame('getAttachment', { attachmentId, tracingId }),
    takeBackFile: (attachmentId) => frame('deleteAttachment', { attachmentId }),
    typing: () => event({ eventType: 'Typing', typing: { type: 'On' } }),
    clear: () => event({ eventType: 'Presence', presence: { type: 'Clear' } }),
    acknowledge: (conversationId, cursors) => frame('acknowledge', { conversationId, ...cursors }),
    history: (conversationId, beforeSeq, limit, tracingId) =>
      frame('history', { conversationId, beforeSeq, limit, tracingId }),
    echo: (tracingId) => frame('echo', { tracingId, message: { type: 'Text', text: 'ping' } }),
  }
}

function messageBody({ text, answerTo, files = [] }: MessageRequest): object {
  const content = files.map(({ id }) => ({ contentType: 'Attachment', attachment: { id } }))
  if (answerTo === undefined) return { type: 'Text', text, ...(content.length > 0 ? { content } : {}) }
  return { type: 'Structured', text, content: answerContent(answerTo, text), metadata: { parentMessageId: answerTo.messageId } }
}

function answerContent({ messageId, payload, type, choices = [], cannedResponseId }: QuickReplyAnswer, text: string): readonly object[] {
  if (type === 'Form') {
    const response = choices.map((choice) => ({ id: choice.id ?? '', component: buttonResponse(choice, type) }))
    return [{ contentType: 'Form', form: { originatingMessageId: messageId, cannedResponseId, response } }]
  }
  const chosen = choices.length > 0 ? choices : [{ text, payload }]
  return chosen.map((choice) => buttonResponse(choice, type ?? 'QuickReply', messageId))
}

function buttonResponse({ text, payload }: GuestChoice, type: string, originatingMessageId?: string): object {
  return { contentType: 'ButtonResponse', buttonResponse: { text, payload, type, originatingMessageId } }
}
