import { sessionState, type Instant, type Session as CoreSession } from '@beckon/core'
import type { Session } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderSession(session: CoreSession, now: Instant): Session {
  const state = sessionState(session, now)
  const ended = session.ended ?? (state === 'expired' ? { at: session.expiresAt, reason: 'expired' as const } : undefined)
  return {
    sessionId: session.id,
    webChatSessionId: session.id,
    contactId: session.contactId,
    state,
    createdAt: timeOf(session.createdAt),
    expiresAt: timeOf(session.expiresAt),
    ...(ended === undefined ? {} : { endedAt: timeOf(ended.at), endedReason: ended.reason }),
  }
}
