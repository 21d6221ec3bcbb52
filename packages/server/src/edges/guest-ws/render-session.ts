import {
  conversationState, conversationTransition, firstVisibleSeq, visibleConversation,
  type Conversation, type Deployment, type Instant, type Session,
} from '@beckon/core'
import { guestLimits, type GuestConversation, type SessionResponse } from '@beckon/protocol'
import { actorName } from './render-entry.ts'

export interface SessionView {
  readonly deployment: Deployment
  readonly session: Session
  readonly conversation?: Conversation | undefined
  readonly newSession: boolean
  readonly resumed: boolean
  readonly now: Instant
  readonly epoch: string
}

/** The answer to configureSession (guest-protocol 3.2), with the additions for those who asked. */
export function renderSession(view: SessionView, hasAdditions: boolean): SessionResponse {
  const { deployment, session, newSession, now } = view
  const plain: SessionResponse = {
    connected: true,
    newSession,
    readOnly: isReadOnly(view),
    clearedExistingSession: false,
    maxCustomDataBytes: guestLimits.maxCustomDataBytes,
    durationSeconds: Math.max(1, Math.round(deployment.sessionDuration / 1000)),
    expirationDate: Math.floor(session.expiresAt / 1000),
    allowedMedia: noMedia,
    blockedExtensions: [],
  }
  if (!hasAdditions) return plain
  return {
    ...plain,
    beckon: {
      sessionId: session.id,
      contactId: session.contactId,
      epoch: view.epoch,
      expiresAt: new Date(session.expiresAt).toISOString(),
      now: new Date(now).toISOString(),
      resumed: view.resumed,
      conversation: view.conversation ? renderConversation(view.conversation, view) : null,
    },
  }
}

/** Attachments are not served: an empty list tells clients so (guest-protocol 3.2). */
export const noMedia = { inbound: { fileTypes: [], maxFileSizeKB: 0 } }

export function isReadOnly({ conversation, deployment }: Pick<SessionView, 'conversation' | 'deployment'>): boolean {
  return conversation?.status === 'closed' && deployment.guestWritesAfterClose === 'readOnly'
}

export function renderConversation(
  conversation: Conversation,
  { session, deployment, now }: Pick<SessionView, 'session' | 'deployment' | 'now'>,
): GuestConversation {
  return {
    id: conversation.id,
    status: conversation.status,
    lastSeq: conversation.lastSeq,
    firstVisibleSeq: firstVisibleSeq(session, conversation.id),
    guest: conversation.guest,
    business: conversation.business,
    whenGuestWrites: whenGuestWrites(conversation, session, deployment, now),
    ...(conversation.status === 'closed'
      ? {
          closedAt: new Date(conversation.closed.at).toISOString(),
          closedBy: actorName(conversation.closed.by),
          ...(conversation.closed.reason === undefined ? {} : { closedReason: conversation.closed.reason }),
        }
      : {}),
  }
}

function whenGuestWrites(conversation: Conversation, session: Session, deployment: Deployment, now: Instant): GuestConversation['whenGuestWrites'] {
  if (!visibleConversation(session, conversation)) return 'startLinked'
  const state = conversationState(conversation, deployment.reopenWithin, now)
  const row = conversationTransition(state, 'guestWrites', deployment.guestWritesAfterClose)
  const does = row?.does
  return does === 'append' || does === 'reopen' || does === 'startLinked' ? does : 'readOnly'
}
