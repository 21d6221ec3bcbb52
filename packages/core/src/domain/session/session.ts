import type { ContactId, ConversationId, DeploymentId, SessionId, SignInId } from '../ids.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { GuestWritesAfterClose } from '../deployment/deployment.ts'
import { between, milliseconds, plus, type Duration, type Instant } from '../instant.ts'
import type { EndReason } from './transitions.ts'

/**
 * One browser's authority to act as a contact. The secret is the browser's own token, of which only the hash is kept.
 * A token proves a browser, so it outlives its sessions: it leads to the same contact again until a severing end.
 */
export interface Session {
  readonly id: SessionId
  readonly deploymentId: DeploymentId
  readonly contactId: ContactId
  readonly tokenHash: string
  /** Of the token in lower case, where that is another: some clients name it so in addresses (guest-protocol 2.9). */
  readonly foldedTokenHash?: string
  /** The proof of identity that this session stands on. */
  readonly signInId?: SignInId
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly ended?: { readonly at: Instant; readonly reason: EndReason }
  /** Entries up to this one are not shown to this browser, which came back under `afterExpiry: unreadOnly`. */
  readonly hidden?: { readonly conversationId: ConversationId; readonly upToSeq: number }
  /** The guest asked for a new conversation: this one is neither shown nor written to, unless the business reopens it. */
  readonly leftConversationId?: ConversationId
  readonly version: number
}

export type SessionState = 'active' | 'expired' | 'ended'

/** Expiry needs no clock to strike: whoever looks after `expiresAt` finds the session expired. */
export function sessionState(session: Session, now: Instant): SessionState {
  if (session.ended) return session.ended.reason === 'expired' ? 'expired' : 'ended'
  return session.expiresAt <= now ? 'expired' : 'active'
}

/**
 * Activity moves the end. Moving it on every message would double the writes of a busy conversation, so it moves in
 * steps of a hundredth of the lifetime, a minute at most: the promised end is never later than the kept one.
 */
export function slide(session: Session, lifetime: Duration, now: Instant): Session {
  const expiresAt = plus(now, lifetime)
  const step = milliseconds(Math.min(lifetime / 100, 60_000))
  if (between(session.expiresAt, expiresAt) < step) return session
  return { ...session, expiresAt, version: session.version + 1 }
}

/** The thread that this browser sees: the contact's latest, but not one it has left behind. */
export function visibleConversation(session: Session, latest: Conversation | undefined): Conversation | undefined {
  return latest?.status === 'closed' && latest.id === session.leftConversationId ? undefined : latest
}

/**
 * What a message of this browser does to a closed conversation. One that was left behind is not written to; and a
 * read-only end binds the sessions that saw it: whoever begins another may begin anew (guest-protocol 4.2, 6.34).
 */
export function writesAfterClose(session: Session, latest: Conversation | undefined, policy: GuestWritesAfterClose): GuestWritesAfterClose {
  if (latest?.status !== 'closed') return policy
  const beganLater = policy === 'readOnly' && session.createdAt > latest.closed.at
  return beganLater || latest.id === session.leftConversationId ? 'startLinked' : policy
}

/** The first entry of a conversation that this browser may see. */
export function firstVisibleSeq(session: Session, conversationId: ConversationId): number {
  return session.hidden?.conversationId === conversationId ? session.hidden.upToSeq + 1 : 1
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const leastDistinctSymbols = 8
const leastLength = 22

/** Browsers invent their tokens, so a lazy or constant one must not become somebody's authority. */
export function isStrongToken(token: string): boolean {
  if (token.length > 200 || (!UUID.test(token) && token.length < leastLength)) return false
  return new Set(token.toLowerCase().replaceAll('-', '')).size >= leastDistinctSymbols
}
