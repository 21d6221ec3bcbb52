import {
  conversationState, conversationTransition, firstVisibleSeq, visibleConversation, writesAfterClose,
  type Conversation, type Deployment, type Instant, type Session,
} from '@beckon/core'
import { guestLimits, type GetConfigurationResponse, type GuestConversation, type SessionResponse } from '@beckon/protocol'
import { timeOf } from '../shared/time-text.ts'
import { actorName } from './render-entry.ts'

export interface SessionView {
  readonly deployment: Deployment
  readonly session: Session
  readonly conversation?: Conversation | undefined
  readonly newSession: boolean
  /** A conversation that this person had elsewhere was closed in favour of the one they brought along. */
  readonly closedElsewhere?: boolean
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
    clearedExistingSession: view.closedElsewhere ?? false,
    maxCustomDataBytes: guestLimits.maxCustomDataBytes,
    durationSeconds: Math.max(1, Math.round(deployment.sessionDuration / 1000)),
    expirationDate: Math.floor(session.expiresAt / 1000),
    ...mediaOf(deployment),
  }
  if (!hasAdditions) return plain
  return {
    ...plain,
    beckon: {
      sessionId: session.id,
      contactId: session.contactId,
      epoch: view.epoch,
      expiresAt: timeOf(session.expiresAt),
      now: timeOf(now),
      resumed: view.resumed,
      conversation: view.conversation ? renderConversation(view.conversation, view) : null,
    },
  }
}

/** What guests may send; an empty list tells clients that it is nothing (guest-protocol 3.2). One size has to do for all types. */
export function mediaOf({ fileUpload: { enabled, modes, blockedExtensions } }: Deployment): Pick<GetConfigurationResponse, 'allowedMedia' | 'blockedExtensions'> {
  const types = enabled ? [...new Set(modes.flatMap(({ fileTypes }) => fileTypes))] : []
  const maxFileSizeKB = enabled ? Math.max(...modes.map((mode) => mode.maxFileSizeKB)) : 0
  return { allowedMedia: { inbound: { fileTypes: types.map((type) => ({ type })), maxFileSizeKB } }, blockedExtensions }
}

export function isReadOnly({ conversation, deployment, session }: Pick<SessionView, 'conversation' | 'deployment' | 'session'>): boolean {
  return conversation?.status === 'closed' && writesAfterClose(session, conversation, deployment.guestWritesAfterClose) === 'readOnly'
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
          closedAt: timeOf(conversation.closed.at),
          closedBy: actorName(conversation.closed.by),
          ...(conversation.closed.reason === undefined ? {} : { closedReason: conversation.closed.reason }),
        }
      : {}),
  }
}

function whenGuestWrites(conversation: Conversation, session: Session, deployment: Deployment, now: Instant): GuestConversation['whenGuestWrites'] {
  if (!visibleConversation(session, conversation)) return 'startLinked'
  const state = conversationState(conversation, deployment.reopenWithin, now)
  const row = conversationTransition(state, 'guestWrites', writesAfterClose(session, conversation, deployment.guestWritesAfterClose))
  const does = row?.does
  return does === 'append' || does === 'reopen' || does === 'startLinked' ? does : 'readOnly'
}
