import { all, anything, by, flag, list, map, object, oneOf, text, whole, type Check } from './shape.ts'

/**
 * How the mobile transport reads a frame (guest-protocol 3): one field of the wrong type, one required field that is
 * missing or one unknown name of an enumeration, and the whole frame is dropped.
 */
const attachment = object({ attachment: object({ id: text, url: text, filename: text, mediaType: oneOf('Audio', 'File', 'Image', 'Link', 'Video'), 'fileSize?': whole, 'mime?': text, 'sha256?': text, 'text?': text }) })
const action = object({ type: text, text, 'url?': text, 'payload?': text })
const card = object({ title: text, description: text, actions: list(action), 'image?': text, 'defaultAction?': action })

const contents: Readonly<Record<string, Check>> = {
  Attachment: attachment,
  QuickReply: object({ quickReply: object({ text, payload: text, action: text }) }),
  ButtonResponse: object({ buttonResponse: object({ text, payload: text, type: text, 'originatingMessageId?': text }) }),
  Card: object({ card }),
  Carousel: object({ carousel: object({ cards: list(card) }) }),
  DatePicker: object({ datePicker: object({ title: text, 'subtitle?': text, 'imageUrl?': text, availableTimes: list(object({ duration: whole, dateTime: text })) }) }),
}

const events: Readonly<Record<string, Check>> = {
  Typing: object({ typing: object({ type: oneOf('On', 'Off'), 'duration?': whole }) }),
  Presence: object({ presence: object({ type: oneOf('Join', 'Disconnect', 'Clear', 'SignIn') }) }),
}

const person = object({ 'firstName?': text, 'lastName?': text, 'nickname?': text, 'image?': text })

/** A list picker, say, is no message to it, unless it stands beside text. */
const known = new Set(['QuickReply', 'ButtonResponse', 'Card', 'Carousel', 'DatePicker'])
const holdsKnownContent: Check = (value, at) => {
  const content: unknown = typeof value === 'object' && value !== null && 'content' in value ? value.content : []
  const isKnown = Array.isArray(content) && content.some((part: unknown) => typeof part === 'object' && part !== null && 'contentType' in part && known.has(String(part.contentType)))
  return isKnown ? [] : [`${at} is Structured, and holds no structure that is known`]
}

const structuredMessage: Check = all(
  object({
    id: text,
    type: oneOf('Text', 'Structured', 'Event'),
    direction: oneOf('Inbound', 'Outbound'),
    'text?': text,
    channel: object({ time: text, type: text, 'messageId?': text, 'from?': person, 'to?': person }),
    'content?': list(by('contentType', contents, object({ contentType: text }))),
    'events?': list(by('eventType', events, object({ eventType: text }))),
    'metadata?': map(text),
    'originatingEntity?': oneOf('Human', 'Bot'),
    'originatingMessageId?': text,
  }),
  by('type', { Structured: holdsKnownContent }, anything),
)

const tooMany = object({ retryAfter: whole, errorCode: whole, errorMessage: text })
const upload = { attachmentId: text, timestamp: text }
const media = object({ inbound: object({ fileTypes: list(object({ type: text })), maxFileSizeKB: whole }) })

const bodies: Readonly<Record<string, Check>> = {
  SessionResponse: object({
    connected: flag, newSession: flag, readOnly: flag, 'clearedExistingSession?': flag, 'maxCustomDataBytes?': whole, 'durationSeconds?': whole,
    'expirationDate?': whole, 'allowedMedia?': media, 'blockedExtensions?': list(text),
  }),
  StructuredMessage: structuredMessage,
  JwtResponse: object({ jwt: text, exp: whole }),
  PresignedUrlResponse: object({ attachmentId: text, headers: map(text), url: text, 'fileName?': text, 'fileSize?': whole, 'fileType?': text }),
  UploadSuccessEvent: object({ ...upload, downloadUrl: text }),
  UploadFailureEvent: object({ ...upload, errorCode: whole, errorMessage: text }),
  GenerateUrlError: object({ attachmentId: text, errorCode: whole, errorMessage: text }),
  AttachmentDeletedResponse: object({ attachmentId: text }),
  TooManyRequestsErrorMessage: tooMany,
  ConnectionClosedEvent: object({ 'reason?': text }),
  SessionExpiredEvent: object({}),
  SessionClearedEvent: object({}),
  LogoutEvent: object({}),
  // Known to another client, and passed over by this one.
  GetConfigurationResponse: anything,
  string: text,
}

export const mobileTransport: Check = all(
  object({ type: oneOf('response', 'message'), class: oneOf(...Object.keys(bodies)), code: whole, body: anything, 'tracingId?': text }),
  by('class', Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, object({ body })])), anything),
  // It would take it for the id of a message that it sent itself.
  (frame, at) => (isOutbound(frame) && 'tracingId' in frame ? [`${at} is outbound, and carries a tracingId`] : []),
)

function isOutbound(frame: unknown): frame is object {
  if (typeof frame !== 'object' || frame === null || !('body' in frame)) return false
  const { body } = frame
  return typeof body === 'object' && body !== null && 'direction' in body && body.direction === 'Outbound'
}
