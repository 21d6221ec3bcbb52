import { prose, type Html } from '../html.ts'

/** One frame of a recording, with as much of its shape as there is to say about it. */
export interface RecordedFrame {
  /** Milliseconds since the recording began. */
  readonly at: number
  readonly from: 'guest' | 'server'
  readonly frame: {
    readonly action?: string
    readonly class?: string
    readonly tracingId?: string
    readonly message?: { readonly type: string; readonly text?: string; readonly content?: readonly unknown[] }
    readonly body?: Body
  }
}

interface Body {
  readonly text?: string
  readonly direction?: string
  readonly kind?: string
  readonly event?: string
  readonly content?: readonly { readonly contentType?: string }[]
  readonly events?: readonly { readonly eventType?: string }[]
}

export interface Explanation {
  readonly says: Html
  /** Sent only to clients that asked for more than the common protocol. */
  readonly isAddition: boolean
}

export function kindOf({ frame }: RecordedFrame): string {
  return frame.action ?? frame.class ?? 'unknown'
}

export function explain(recorded: RecordedFrame): Explanation {
  const topic = topicOf(recorded)
  const [says, isAddition = false] = explanations[topic]
  return { says: prose(says), isAddition }
}

type Topic = keyof typeof explanations

const explanations = {
  configureSession: [
    'The first request on every socket. The `token` is a random UUID that the browser made up and keeps: it is the guest. `startNew: false` takes up the session if there is one. `beckon` asks for the additions.',
  ],
  SessionResponse: [
    'The answer, known by its `tracingId`. `newSession` says that nobody was known by this token, `readOnly` whether the guest may write, `expirationDate` (in seconds) until when the session lives; every message moves it. `allowedMedia` and `blockedExtensions` say what files are taken.',
  ],
  text: ['The guest writes. `clientId` is the additions’ protection against a lost answer: the same message sent again under it is one message.'],
  choice: [
    'The guest chose one of the quick replies. It travels as a `ButtonResponse` with the `payload` that the business gave the button; the label is the text, so that whoever reads only texts understands.',
  ],
  acknowledge: ['How far the guest’s program has come: `deliveredSeq` for what arrived, `seenSeq` for what was in front of their eyes. Sent for many messages at once.', true],
  own: [
    'The acknowledgement: the guest’s own message, `Inbound`, now stored and with its `id`, its moment and the request’s `tracingId`. Every other tab of this guest gets the same frame. Before it comes, the message is not safe; after it, nothing takes it away.',
  ],
  heard: ['The business speaks: `Outbound`, pushed to every tab without a `tracingId`. `channel.from.nickname` is the name to show, `originatingEntity` says whether it was a person or a bot.'],
  offer: ['A message with quick replies. `type` is `Structured`; each has a `text` to show and a `payload` to send back. Clients that know none of it still have the text.'],
  typing: ['Somebody is writing. It is shown for `duration` milliseconds, not kept, and never acknowledged.'],
  event: ['A line of the conversation’s log that is no message: it was started, somebody joined or left, it was closed or reopened. It has a `seq` like every line, so that gaps are noticed.', true],
  Conversation: ['What the conversation has become: open or closed, and in `whenGuestWrites` what will happen when the guest writes next.', true],
  Receipt: ['The marks have moved, for everybody who shows them: `by` says whose.', true],
  other: ['A frame of the protocol that this page has no words for.'],
} as const satisfies Readonly<Record<string, readonly [says: string, isAddition?: true]>>

function topicOf({ frame }: RecordedFrame): Topic {
  const { action, message } = frame
  if (action === 'onMessage') return message?.content === undefined ? 'text' : 'choice'
  if (action === 'configureSession' || action === 'acknowledge') return action
  if (frame.class === 'StructuredMessage') return topicOfMessage(frame.body ?? {})
  return frame.class === 'SessionResponse' || frame.class === 'Conversation' || frame.class === 'Receipt' ? frame.class : 'other'
}

function topicOfMessage({ kind, events = [], direction, content = [] }: Body): Topic {
  if (kind === 'event') return 'event'
  if (events.some(({ eventType }) => eventType === 'Typing')) return 'typing'
  if (direction === 'Inbound') return 'own'
  return content.some(({ contentType }) => contentType === 'QuickReply') ? 'offer' : 'heard'
}
