import type { Scope } from './access/scope.ts'
import type { AttachmentFault } from './attachment/fault.ts'
import type { ContactId, ConversationId } from './ids.ts'
import type { Instant } from './instant.ts'

export type Noun =
  | 'contact' | 'conversation' | 'participant' | 'session' | 'message' | 'proactive message' | 'deployment' | 'client' | 'agent' | 'attachment' | 'push device'

/** Where in the caller's input a fault lies. `pointer` is a JSON Pointer fragment, as in RFC 9457's own example. */
export interface Fault {
  readonly pointer: string
  readonly detail: string
}

/** Every reason the rules can say no, completely. Status numbers and close codes belong to the edges. */
export type Refusal =
  | { readonly code: 'not_found'; readonly noun: Noun; readonly id: string }
  | { readonly code: 'invalid_request'; readonly faults: readonly Fault[] }
  | {
      readonly code: 'conversation_closed'
      readonly conversationId: ConversationId
      readonly closedAt: Instant
      readonly reopenableUntil: Instant
    }
  | { readonly code: 'conversation_open'; readonly conversationId: ConversationId }
  | { readonly code: 'read_only'; readonly conversationId: ConversationId }
  | { readonly code: 'opted_out'; readonly contactId: ContactId; readonly purpose: string }
  | { readonly code: 'unreachable'; readonly contactId: ContactId }
  | { readonly code: 'already_sent'; readonly status: string }
  | { readonly code: 'already_exists'; readonly noun: Noun; readonly key: string }
  | { readonly code: 'erased'; readonly noun: 'contact' | 'conversation' }
  | { readonly code: 'session_ended'; readonly reason: string }
  | { readonly code: 'session_unknown' }
  | { readonly code: 'weak_token' }
  | { readonly code: 'clear_disabled' }
  | { readonly code: 'sign_in_disabled' }
  | { readonly code: 'sign_in_refused'; readonly reason: string }
  | { readonly code: 'sign_in_needed' }
  | { readonly code: 'scope_not_held'; readonly scope: Scope; readonly held: readonly Scope[] }
  | { readonly code: 'precondition_failed'; readonly currentVersion: number }
  | { readonly code: 'idempotency_key_reused' }
  | { readonly code: 'attachment_refused'; readonly fault: AttachmentFault; readonly attachmentId: string }
