import { all, anything, by, flag, list, map, object, oneOf, text, whole, type Check, type Faults } from './shape.ts'

const classes = [
  'string', 'SessionResponse', 'StructuredMessage', 'PresignedUrlResponse', 'AttachmentDeletedResponse', 'UploadFailureEvent', 'UploadSuccessEvent',
  'ConnectionClosedEvent', 'LogoutEvent', 'SessionExpiredEvent', 'JwtResponse', 'GetConfigurationResponse', 'GenerateUrlError', 'TooManyRequestsErrorMessage', 'SessionClearedEvent',
]
const media = object({ inbound: object({ fileTypes: list(object({ type: text })), maxFileSizeKB: whole }) })

/** The SDK in Java: more fields are required where something failed, and it loses what its buffer does not hold. */
export const javaSdk: Check = all(
  object({ type: oneOf('response', 'message'), class: oneOf(...classes), code: whole, body: anything }),
  by('class', {
    SessionResponse: object({ body: object({ connected: flag }) }),
    TooManyRequestsErrorMessage: object({ body: object({ name: text, message: text, retryAfter: whole, errorCode: whole, errorMessage: text }) }),
    GenerateUrlError: object({ body: object({ name: text, message: text, errorCode: whole, errorMessage: text }) }),
    GetConfigurationResponse: object({ body: object({ allowedMedia: media, maxCustomDataBytes: whole, messageRoutingEnabled: flag }) }),
    ConnectionClosedEvent: (frame, at) => reasonsAgree(frame, at),
  }, anything),
)

export const smallBuffer = (frame: string): Faults =>
  Buffer.byteLength(frame) <= 16_384 ? [] : [`a frame of ${String(Buffer.byteLength(frame))} bytes`]

/** One client reads `reason`, another `reasonCode`. */
function reasonsAgree(frame: unknown, at: string): Faults {
  if (!isClosing(frame)) return [`${at}/body is no object`]
  return frame.body.reason === frame.body.reasonCode ? [] : [`${at}/body tells two reasons`]
}

function isClosing(frame: unknown): frame is { readonly body: { readonly reason?: unknown; readonly reasonCode?: unknown } } {
  return typeof frame === 'object' && frame !== null && 'body' in frame && typeof frame.body === 'object' && frame.body !== null
}

/** The SDK for pages: knows a message by its time, and shows what an element of `content` names. */
export const browserSdk: Check = by('class', {
  StructuredMessage: object({
    body: object({
      channel: object({ time: (value, at) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value)) ? [] : [`${at} is not a time with milliseconds in UTC`]) }),
      'content?': list(object({ contentType: text })),
      'metadata?': map(text),
      'events?': list(by('eventType', { Typing: object({ typing: object({ 'duration?': whole }) }) }, anything)),
    }),
  }),
}, anything)

/** The tester from the open-source world: ends its process on any code but 200, and cannot do without a time. */
export const openTester: Check = all(
  object({ type: text, code: (value, at) => (value === 200 ? [] : [`${at} is ${String(value)}: it ends its process`]) }),
  by('class', {
    SessionResponse: object({ type: oneOf('response') }),
    StructuredMessage: object({
      type: oneOf('message'),
      body: object({ id: text, direction: text, channel: object({ time: (value, at) => (Number.isNaN(Date.parse(String(value))) ? [`${at} is no time`] : []) }) }),
    }),
  }, anything),
)
