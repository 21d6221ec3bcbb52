import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { AttachmentDeletedBody, GenerateUrlErrorBody, PresignedUrlBody, UploadFailureBody, UploadSuccessBody } from './attachment-frames.ts'
import { EntryBody, MessageBody } from './message-body.ts'
import { ConnectionClosedBody, HistoryBody, JwtBody, ReceiptBody, SessionExpiringBody, TooManyRequestsBody } from './notices.ts'
import { GetConfigurationResponse, GuestConversation, SessionResponse } from './session-response.ts'

const nothing = Type.Object({})

/** Every frame a guest may get: the body by its `class`. The last four are sent only to clients that opted in. */
export const guestFrames = {
  SessionResponse,
  StructuredMessage: Type.Union([EntryBody, MessageBody]),
  JwtResponse: JwtBody,
  GetConfigurationResponse,
  ConnectionClosedEvent: ConnectionClosedBody,
  SessionExpiredEvent: nothing,
  SessionClearedEvent: nothing,
  LogoutEvent: nothing,
  TooManyRequestsErrorMessage: TooManyRequestsBody,
  string: Type.String(),
  PresignedUrlResponse: PresignedUrlBody,
  UploadSuccessEvent: UploadSuccessBody,
  UploadFailureEvent: UploadFailureBody,
  GenerateUrlError: GenerateUrlErrorBody,
  AttachmentDeletedResponse: AttachmentDeletedBody,
  History: HistoryBody,
  Conversation: GuestConversation,
  Receipt: ReceiptBody,
  SessionExpiring: SessionExpiringBody,
} as const

export type FrameClass = keyof typeof guestFrames

/** A frame of one class: always type, class, code and body, as some clients drop a frame without one of them. */
export interface GuestFrameOf<C extends FrameClass> {
  /** `response` answers a request, `message` is pushed. */
  readonly type: 'response' | 'message'
  readonly class: C
  /** 200, or a code of `guestCodes`. */
  readonly code: number
  readonly body: Wire<(typeof guestFrames)[C]>
  /** The request's own. */
  readonly tracingId?: string
}

/** Any frame: switch over `class`. */
export type GuestFrame = { [C in FrameClass]: GuestFrameOf<C> }[FrameClass]
