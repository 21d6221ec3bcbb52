export { createBeckon } from './backend/create-beckon.ts'
export { BeckonRefusal, BeckonUnreachable } from './backend/refusal.ts'
export { basicAuthorization } from './backend/access-token.ts'
export { systemSurroundings } from './backend/system-surroundings.ts'
export type { Beckon, BeckonOptions } from './backend/create-beckon.ts'
export type { BeckonEvent, EventPage, FollowEvents } from './backend/events.ts'
export type { FailedCall } from './backend/refusal.ts'
export type { Fault, Problem, SuggestedAction } from './backend/problem.ts'
export type { Page, Paged } from './backend/page.ts'
export type { Call, CallOptions } from './backend/transport.ts'
export type { RetryPolicy } from './backend/retry.ts'
export type { Surroundings } from './backend/surroundings.ts'
export type { Address, DeliveryReport, ProactiveFilter, SendMessage, SendTo } from './backend/send-calls.ts'
export type { ConversationChanges, ConversationFilter, ConversationPage, LogRange, NewParticipant } from './backend/conversation-calls.ts'
export type { FileAnnouncement, FileToUpload } from './backend/attachment-calls.ts'
export type { ContactFilter, NewSession } from './backend/contact-calls.ts'
export type { EventRange } from './backend/service-calls.ts'
export { createGuest } from './guest/create-guest.ts'
export { memoryOutbox } from './guest/sending/outbox.ts'
export { memoryTokenStore } from './guest/token-store.ts'
export { openWebSocket } from './guest/connection/web-socket.ts'
export { systemGuestSurroundings } from './guest/system-guest-surroundings.ts'
export type { GuestOptions } from './guest/create-guest.ts'
export type {
  EntryFile,
  FileRules,
  FileToAttach,
  Guest,
  GuestCloseReason,
  GuestConversation,
  GuestCursors,
  GuestEntry,
  GuestEvents,
  GuestFailure,
  GuestFile,
  GuestPhase,
  GuestSession,
  GuestState,
  GuestThread,
  PendingMessage,
  QuickReply,
  QuickReplyAnswer,
  RichAnswer,
  SeenCursors,
  Sending,
  SentFile,
} from './guest/guest.ts'
export type { GuestSocket, GuestSocketListener, OpenGuestSocket } from './guest/connection/guest-socket.ts'
export type { GuestSurroundings } from './guest/guest-surroundings.ts'
export type { GuestOutbox, OutboxItem } from './guest/sending/outbox.ts'
export type { UploadFile, UploadRequest } from './guest/files/upload-file.ts'
export type { GuestIdentity, IdentityOptions, SignInIdentity, SignInProof } from './guest/identity.ts'
export type { GuestTokenStore } from './guest/token-store.ts'
