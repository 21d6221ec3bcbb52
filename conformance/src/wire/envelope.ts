import { at, isJson, textAt, type Json } from './json.ts'
import { problemsOfMessage } from './message.ts'

// Reference 3.1: what clients know. A class outside this list is met by none of them.
const classes = new Set([
  'string', 'SessionResponse', 'StructuredMessage', 'PresignedUrlResponse', 'AttachmentDeletedResponse', 'UploadFailureEvent', 'UploadSuccessEvent',
  'ConnectionClosedEvent', 'LogoutEvent', 'SessionExpiredEvent', 'JwtResponse', 'GetConfigurationResponse', 'GenerateUrlError',
  'TooManyRequestsErrorMessage', 'SessionClearedEvent', 'Error',
])
const answers = new Set(['SessionResponse', 'JwtResponse', 'PresignedUrlResponse', 'TooManyRequestsErrorMessage', 'string'])
const pushed = new Set(['UploadSuccessEvent', 'UploadFailureEvent', 'AttachmentDeletedResponse', 'ConnectionClosedEvent', 'LogoutEvent', 'SessionClearedEvent'])
// 3.7; 6.12 names the numbers whose meaning nobody knows, and 1001, 6000 and their like are made by clients.
const errorCodes = new Set([4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4013, 4017, 4020, 4029, 4102, 5000])
// 6.22: the Java client loses text that crosses its read buffer.
const READ_BUFFER_BYTES = 16_384

/** What is wrong with a frame, whatever it answers: sections 3.1 to 3.7 as far as one frame shows them. */
export function problemsOfFrame(text: string): readonly string[] {
  const frame = parsed(text)
  if (!isJson(frame)) return ['§3.1 a frame is not a JSON object']
  return [...problemsOfSize(text), ...problemsOfNumbers(text), ...problemsOfEnvelope(frame), ...problemsOfBody(frame)]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemsOfSize(text: string): readonly string[] {
  const size = Buffer.byteLength(text)
  return size > READ_BUFFER_BYTES ? [`§6.22 a frame has ${size} bytes, more than the ${READ_BUFFER_BYTES} that one client reads at once`] : []
}

/** 3.2: clients decode whole numbers; `1.0` and `1e3` fail there, and only the text shows them. */
function problemsOfNumbers(text: string): readonly string[] {
  const outsideTexts = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  const broken = /-?\d+(?:\.\d+|[eE][+-]?\d+)/.exec(outsideTexts)
  return broken === null ? [] : [`§3.2 ${broken[0]} is not written as a whole number`]
}

function problemsOfEnvelope(frame: Json): readonly string[] {
  const type = textAt(frame, 'type')
  const kind = textAt(frame, 'class')
  const problems: string[] = []
  if (type !== 'response' && type !== 'message') problems.push(`§3.1 type is ${type}`)
  if (!classes.has(kind)) problems.push(`§3.1 class ${kind} is known to no client`)
  if (!Number.isInteger(frame['code'])) problems.push('§3.1 code is not a whole number')
  if (!['string', 'undefined'].includes(typeof frame['tracingId'])) problems.push('§3.1 tracingId is not a text')
  if (answers.has(kind) && type !== 'response') problems.push(`§3.1 ${kind} is an answer, not of type ${type}`)
  if (pushed.has(kind) && type !== 'message') problems.push(`§3.1 ${kind} is pushed, not of type ${type}`)
  return problems
}

function problemsOfBody(frame: Json): readonly string[] {
  const { class: kind, body, code } = frame
  if (kind === 'string') return problemsOfError(body, code)
  if (!isJson(body)) return [`§3.1 the body of ${String(kind)} is not an object`]
  const inBody = bodies[String(kind)]?.(body) ?? []
  return [...inBody, ...problemsOfCode(String(kind), code), ...problemsOfPushing(frame)]
}

function problemsOfError(body: unknown, code: unknown): readonly string[] {
  const problems = typeof body === 'string' && body !== '' ? [] : ['§3.7 the body of class string is not a text']
  const isKnown = typeof code === 'number' && ((code >= 200 && code < 600) || errorCodes.has(code))
  return isKnown ? problems : [...problems, `§3.7 code ${String(code)} means nothing to clients`]
}

function problemsOfCode(kind: string, code: unknown): readonly string[] {
  if (kind === 'TooManyRequestsErrorMessage') return code === 429 ? [] : [`§3.6 ${kind} has code ${String(code)}`]
  if (kind === 'GenerateUrlError') return code === 200 || code === 400 ? [] : [`§6.3 ${kind} has code ${String(code)}`]
  // One client ends its process at any other.
  return code === 200 || kind === 'Error' ? [] : [`§3.1 ${kind} has code ${String(code)}`]
}

/** 3.1: a pushed outbound message with a tracingId is taken for the answer to something. */
function problemsOfPushing(frame: Json): readonly string[] {
  return at(frame, 'body.direction') === 'Outbound' && frame['tracingId'] !== undefined ? ['§3.1 an outbound message has a tracingId'] : []
}

const missing = (kind: string, body: Json, fields: readonly string[], isRight: (value: unknown) => boolean): readonly string[] =>
  fields.filter((field) => !isRight(body[field])).map((field) => `§3.6 ${field} of ${kind} is ${JSON.stringify(body[field]) ?? 'absent'}`)
const isText = (value: unknown): boolean => typeof value === 'string'
const isSeconds = (value: unknown): boolean => Number.isInteger(value) && Number(value) < 100_000_000_000

const bodies: Readonly<Record<string, (body: Json) => readonly string[]>> = {
  StructuredMessage: problemsOfMessage,
  SessionResponse: problemsOfSession,
  JwtResponse: (body) => [...missing('JwtResponse', body, ['jwt'], isText), ...missing('JwtResponse', body, ['exp'], isSeconds)],
  PresignedUrlResponse: (body) => [
    ...missing('PresignedUrlResponse', body, ['attachmentId', 'url'], isText),
    ...missing('PresignedUrlResponse', body, ['headers'], (value) => isJson(value) && Object.values(value).every(isText)),
  ],
  UploadSuccessEvent: (body) => missing('UploadSuccessEvent', body, ['attachmentId', 'downloadUrl', 'timestamp'], isText),
  UploadFailureEvent: (body) => [
    ...missing('UploadFailureEvent', body, ['attachmentId', 'errorMessage', 'timestamp'], isText),
    ...missing('UploadFailureEvent', body, ['errorCode'], Number.isInteger),
  ],
  GenerateUrlError: (body) => [
    ...missing('GenerateUrlError', body, ['attachmentId', 'errorMessage', 'name', 'message'], isText),
    ...missing('GenerateUrlError', body, ['errorCode'], Number.isInteger),
  ],
  AttachmentDeletedResponse: (body) => missing('AttachmentDeletedResponse', body, ['attachmentId'], isText),
  TooManyRequestsErrorMessage: (body) => [
    ...missing('TooManyRequestsErrorMessage', body, ['retryAfter', 'errorCode'], Number.isInteger),
    ...missing('TooManyRequestsErrorMessage', body, ['errorMessage', 'name', 'message'], isText),
  ],
  // 6.1: one client reads `reason`, another `reasonCode`.
  ConnectionClosedEvent: (body) => (body['reason'] === body['reasonCode'] ? [] : ['§6.1 reason and reasonCode of ConnectionClosedEvent differ']),
}

function problemsOfSession(body: Json): readonly string[] {
  const flags = ['newSession', 'readOnly', 'clearedExistingSession'].filter((field) => body[field] !== undefined && typeof body[field] !== 'boolean')
  const numbers = ['maxCustomDataBytes', 'durationSeconds', 'expirationDate'].filter((field) => body[field] !== undefined && !isSeconds(body[field]))
  return [
    ...(typeof body['connected'] === 'boolean' ? [] : ['§3.2 connected of SessionResponse is not a flag']),
    ...flags.map((field) => `§3.2 ${field} of SessionResponse is not a flag`),
    ...numbers.map((field) => `§3.2 ${field} of SessionResponse is not a whole number of seconds or bytes`),
    ...(body['autoStarted'] === undefined ? [] : ['§6.12 autoStarted is sent, and nobody knows what it means']),
  ]
}
