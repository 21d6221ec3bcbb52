import { fields, instant, list, text, whole, type Fields } from './fields.ts'
import type { EntryFile, FileRules, GuestConversation, GuestCursors, GuestEntry, QuickReply, SeenCursors } from '../guest.ts'

/** A frame from the server, as far as a guest cares. */
export type GuestFrame =
  | SessionFrame
  | HistoryFrame
  | { readonly kind: 'entry'; readonly entry: GuestEntry }
  | { readonly kind: 'typing'; readonly name: string | undefined; readonly durationMs: number }
  | { readonly kind: 'conversation'; readonly conversation: ConversationFrame | undefined }
  | ReceiptFrame
  | { readonly kind: 'expiring'; readonly expiresAt: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'ended'; readonly signed?: 'in' | 'out' }
  | RefusalFrame
  | AddressFrame
  | FileRefusedFrame

/** Where to put a file's bytes, or where to get them. */
export interface AddressFrame {
  readonly kind: 'address'
  readonly tracingId: string | undefined
  readonly attachmentId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export interface FileRefusedFrame {
  readonly kind: 'file-refused'
  readonly attachmentId: string
  readonly code: number
  readonly detail: string
}

export interface SessionFrame {
  readonly kind: 'session'
  readonly sessionId: string
  readonly contactId: string
  readonly epoch: string
  readonly expiresAt: number
  /** What the client has is still valid: only what comes after it follows. */
  readonly resumed: boolean
  readonly fileRules: FileRules | undefined
  readonly conversation: ConversationFrame | undefined
}

export interface ConversationFrame extends GuestConversation {
  readonly guest: GuestCursors
  readonly business: SeenCursors
}

export interface HistoryFrame {
  readonly kind: 'history'
  readonly tracingId: string | undefined
  readonly conversationId: string
  readonly entries: readonly GuestEntry[]
  /** The last frame of this catch-up. */
  readonly complete: boolean
  readonly hasOlder: boolean
}

export interface ReceiptFrame {
  readonly kind: 'receipt'
  readonly conversationId: string
  readonly by: 'guest' | 'business'
  readonly cursors: GuestCursors
}

export interface RefusalFrame {
  readonly kind: 'refused'
  readonly tracingId: string | undefined
  readonly code: number
  readonly detail: string
  readonly retryAfterMs: number | undefined
}

/** Undefined for what is no frame, or one that asks for nothing: the answer to an echo, for one. */
export function readFrame(data: string): GuestFrame | undefined {
  const frame = parse(data)
  const name = text(frame['class']) ?? ''
  return Object.hasOwn(readers, name) ? readers[name]?.(frame, fields(frame['body'])) : undefined
}

const defaultTypingMs = 5000

const readers: Readonly<Record<string, (frame: Fields, body: Fields) => GuestFrame | undefined>> = {
  SessionResponse: (_frame, body) => readSession(body),
  History: readHistory,
  StructuredMessage: (_frame, body) => readMessage(body),
  Conversation: (_frame, body) => ({ kind: 'conversation', conversation: readConversation(body) }),
  Receipt: (_frame, body) => ({
    kind: 'receipt',
    conversationId: text(body['conversationId']) ?? '',
    by: body['by'] === 'business' ? 'business' : 'guest',
    cursors: readCursors(body),
  }),
  SessionExpiring: (_frame, body) => ({ kind: 'expiring', expiresAt: instant(body['expiresAt']) ?? 0 }),
  SessionExpiredEvent: () => ({ kind: 'expired' }),
  SessionClearedEvent: () => ({ kind: 'cleared' }),
  ConnectionClosedEvent: (_frame, body) => ({ kind: 'ended', ...(body['reason'] === 'signedIn' ? { signed: 'in' } : {}) }),
  LogoutEvent: () => ({ kind: 'ended', signed: 'out' }),
  TooManyRequestsErrorMessage: (frame, body) => ({
    ...readRefusal(frame, text(body['errorMessage'])),
    code: 429,
    retryAfterMs: Math.max(1, whole(body['retryAfter'])) * 1000,
  }),
  PresignedUrlResponse: (frame, body) => ({
    kind: 'address',
    tracingId: text(frame['tracingId']),
    attachmentId: text(body['attachmentId']) ?? '',
    url: text(body['url']) ?? '',
    headers: Object.fromEntries(Object.entries(fields(body['headers'])).map(([name, value]) => [name, text(value) ?? ''])),
  }),
  UploadFailureEvent: (_frame, body) => readFileRefusal(body),
  GenerateUrlError: (_frame, body) => readFileRefusal(body),
  string: (frame) => (frame['code'] === 200 ? undefined : readRefusal(frame, text(frame['body']))),
  Error: (frame, body) => readRefusal(frame, text(body['errorMessage'])),
}

function readSession(body: Fields): SessionFrame | undefined {
  // `connected: false` answers a closeSession and opens nothing.
  if (body['connected'] === false) return undefined
  const beckon = fields(body['beckon'])
  return {
    kind: 'session',
    sessionId: text(beckon['sessionId']) ?? '',
    contactId: text(beckon['contactId']) ?? '',
    epoch: text(beckon['epoch']) ?? '',
    expiresAt: instant(beckon['expiresAt']) ?? whole(body['expirationDate']) * 1000,
    resumed: beckon['resumed'] === true,
    fileRules: readFileRules(fields(fields(body['allowedMedia'])['inbound'])),
    conversation: readConversation(fields(beckon['conversation'])),
  }
}

function readHistory(frame: Fields, body: Fields): GuestFrame {
  return {
    kind: 'history',
    tracingId: text(frame['tracingId']),
    conversationId: text(body['conversationId']) ?? '',
    entries: list(body['entities'])
      .map(readEntry)
      .filter((entry) => entry !== undefined),
    complete: body['complete'] !== false,
    hasOlder: body['hasOlder'] === true,
  }
}

function readMessage(body: Fields): GuestFrame | undefined {
  const entry = readEntry(body)
  if (entry !== undefined) return { kind: 'entry', entry }
  const typing = list(body['events'])
    .map(fields)
    .find((event) => event['eventType'] === 'Typing')
  if (typing === undefined || body['direction'] !== 'Outbound') return undefined
  const duration = whole(fields(typing['typing'])['duration'])
  return { kind: 'typing', name: senderName(body), durationMs: duration > 0 ? duration : defaultTypingMs }
}

function readConversation(body: Fields): ConversationFrame | undefined {
  const id = text(body['id'])
  if (id === undefined) return undefined
  const whenGuestWrites = body['whenGuestWrites']
  return {
    id,
    status: body['status'] === 'closed' ? 'closed' : 'open',
    lastSeq: whole(body['lastSeq']),
    firstVisibleSeq: Math.max(1, whole(body['firstVisibleSeq'])),
    whenGuestWrites:
      whenGuestWrites === 'reopen' || whenGuestWrites === 'startLinked' || whenGuestWrites === 'readOnly'
        ? whenGuestWrites
        : 'append',
    closedAt: instant(body['closedAt']),
    closedBy: text(body['closedBy']),
    closedReason: text(body['closedReason']),
    guest: readCursors(fields(body['guest'])),
    business: readCursors(fields(body['business'])),
  }
}

function readEntry(value: unknown): GuestEntry | undefined {
  const body = fields(value)
  const seq = whole(body['seq'])
  const conversationId = text(body['conversationId'])
  if (seq < 1 || conversationId === undefined) return undefined
  const content = list(body['content'])
  return {
    seq,
    id: text(body['id']) ?? '',
    conversationId,
    kind: body['kind'] === 'event' ? 'event' : 'message',
    direction: body['direction'] === 'Inbound' ? 'inbound' : 'outbound',
    at: instant(fields(body['channel'])['time']) ?? 0,
    text: text(body['text']) ?? '',
    fromName: senderName(body),
    fromBot: body['originatingEntity'] === 'Bot',
    quickReplies: content.map(readQuickReply).filter((reply) => reply !== undefined),
    files: content.map(readFile).filter((file) => file !== undefined),
    content,
    event: text(body['event']),
    by: text(body['by']),
    reason: text(body['reason']),
    clientId: text(body['clientId']),
    proactive: body['proactive'] === true,
    withdrawn: body['withdrawn'] === true,
  }
}

function readQuickReply(part: unknown): QuickReply | undefined {
  const content = fields(part)
  const reply = fields(content['quickReply'])
  const label = text(reply['text'])
  if (content['contentType'] !== 'QuickReply' || label === undefined) return undefined
  return { text: label, payload: text(reply['payload']) ?? label }
}

function readFile(part: unknown): EntryFile | undefined {
  const content = fields(part)
  const file = fields(content['attachment'])
  const id = text(file['id'])
  if (content['contentType'] !== 'Attachment' || id === undefined) return undefined
  const url = text(file['url'])
  return {
    id,
    name: text(file['filename']) ?? '',
    type: text(file['mime']) ?? '',
    size: whole(file['fileSize']),
    isImage: file['mediaType'] === 'Image',
    url: url !== undefined && /^https?:/.test(url) ? url : undefined,
  }
}

function readFileRules(inbound: Fields): FileRules | undefined {
  const types = list(inbound['fileTypes']).flatMap((type) => text(fields(type)['type']) ?? [])
  const maxBytes = whole(inbound['maxFileSizeKB']) * 1024
  return types.length > 0 && maxBytes > 0 ? { types, maxBytes } : undefined
}

function readFileRefusal(body: Fields): FileRefusedFrame {
  return { kind: 'file-refused', attachmentId: text(body['attachmentId']) ?? '', code: whole(body['errorCode']), detail: text(body['errorMessage']) ?? '' }
}

function readCursors(body: Fields): GuestCursors {
  return {
    deliveredSeq: whole(body['deliveredSeq']),
    seenSeq: whole(body['seenSeq']),
    dismissedSeq: whole(body['dismissedSeq']),
  }
}

function readRefusal(frame: Fields, detail: string | undefined): RefusalFrame {
  return {
    kind: 'refused',
    tracingId: text(frame['tracingId']),
    code: whole(frame['code']),
    detail: detail ?? '',
    retryAfterMs: undefined,
  }
}

function senderName(body: Fields): string | undefined {
  return text(fields(fields(body['channel'])['from'])['nickname'])
}

function parse(data: string): Fields {
  try {
    return fields(JSON.parse(data))
  } catch {
    return {}
  }
}
