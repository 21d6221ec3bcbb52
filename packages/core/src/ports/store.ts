import type { Attachment } from '../domain/attachment/attachment.ts'
import type { AccessToken, OAuthClient } from '../domain/access/client.ts'
import type { Agent, AgentSession } from '../domain/access/agent.ts'
import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation } from '../domain/conversation/conversation.ts'
import type { Deployment } from '../domain/deployment/deployment.ts'
import type { Entry, MessageEntry } from '../domain/entry/entry.ts'
import type { DomainEvent, StoredEvent } from '../domain/event/event.ts'
import type { Identity } from '../domain/identity/identity.ts'
import type { SignIn } from '../domain/identity/sign-in.ts'
import type { AgentId, AttachmentId, ClientId, ContactId, ConversationId, DeploymentId, ProactiveId, SessionId, SignInId } from '../domain/ids.ts'
import type { Duration, Instant } from '../domain/instant.ts'
import type { ProactiveMessage } from '../domain/proactive/proactive.ts'
import { isUnderWay } from '../domain/proactive/transitions.ts'
import type { PushDevice } from '../domain/push-device/push-device.ts'
import type { Session } from '../domain/session/session.ts'
import type { Reader } from './reader.ts'

/** An appointment of the server with itself. Putting one with a known id moves it. */
export interface Timer {
  readonly id: string
  readonly dueAt: Instant
  readonly job: TimerJob
}

export type TimerJob =
  | { readonly kind: 'send'; readonly contactId: ContactId; readonly proactiveId: ProactiveId }
  | { readonly kind: 'expire-message'; readonly contactId: ContactId; readonly proactiveId: ProactiveId }
  | { readonly kind: 'expire-session'; readonly contactId: ContactId; readonly sessionId: SessionId }
  | { readonly kind: 'close-idle'; readonly contactId: ContactId; readonly conversationId: ConversationId }
  | { readonly kind: 'expire-attachment'; readonly contactId: ContactId; readonly attachmentId: AttachmentId }
  /** Files are not part of a transaction: what is to go is first made an appointment. */
  | { readonly kind: 'delete-file'; readonly contactId: ContactId; readonly fileKey: string }

/** The remembered answer of a request that carried an `Idempotency-Key`. */
export interface Answer {
  readonly key: string
  readonly fingerprint: string
  readonly value: unknown
  readonly expiresAt: Instant
}

/** What a decision must see. Everything named here is loaded, and locked where the engine locks, before it runs. */
export interface Need {
  readonly deploymentId?: DeploymentId
  readonly contactId?: ContactId
  /** The browser's token, hashed: leads to its newest session and, where no contact is named, to that session's contact. */
  readonly guestToken?: { readonly deploymentId: DeploymentId; readonly hash: string }
  /** The push device of that token. */
  readonly pushDevice?: true
  readonly conversationId?: ConversationId
  /** Where the person is: the contact's newest open conversation, or the newest of all when none is open. */
  readonly latestConversation?: boolean
  readonly sessionId?: SessionId
  /** The newest session of the contact. */
  readonly latestSession?: boolean
  /** Every session of the contact that has not ended. */
  readonly openSessions?: boolean
  /** The contact's message with this client id. */
  readonly clientId?: string
  readonly proactiveId?: ProactiveId
  readonly pendingMessages?: PendingNeed
  readonly idempotencyKey?: string
  readonly oauthClientId?: ClientId
  readonly agentId?: AgentId
  readonly agentName?: string
  readonly externalId?: string
  readonly tokenHash?: string
  readonly signInId?: SignInId
  /** Leads to whoever has proved to be this person, apart from the contact that the need names otherwise. */
  readonly identity?: PersonNeed
  /** Attachments by their ids, whosever they are. */
  readonly attachmentIds?: readonly AttachmentId[]
  /** The contact's attachments: those that wait for their bytes or their message, or all, for who erases them. */
  readonly ownAttachments?: 'unused' | 'all'
}

/**
 * Which of the contact's messages under way a decision is about, oldest first. A guest may have thousands unseen, so
 * nobody loads them all but who erases them.
 */
export type PendingNeed =
  /** Scheduled, sent or delivered. */
  | { readonly kind: 'all' }
  | { readonly kind: 'scheduled' }
  /** Scheduled or sent under this key. */
  | { readonly kind: 'superseded'; readonly supersedeKey: string }
  /** Scheduled; and those of the conversation that these marks move on: sent up to `deliveredSeq`, sent or delivered up to `seenSeq`. */
  | { readonly kind: 'reached'; readonly conversationId: ConversationId; readonly deliveredSeq: number; readonly seenSeq: number }

/** Whether a message is one of those that a need asks for. By its life cycle none becomes so later: who is added to a list is new. */
export function isAskedFor(need: PendingNeed, message: ProactiveMessage): boolean {
  const { status, seq = 0, conversationId, policy } = message
  switch (need.kind) {
    case 'all': return isUnderWay(message)
    case 'scheduled': return status === 'scheduled'
    case 'superseded': return policy.supersedeKey === need.supersedeKey && (status === 'scheduled' || status === 'sent')
    case 'reached':
      if (status === 'scheduled') return true
      return conversationId === need.conversationId && ((status === 'sent' && seq <= need.deliveredSeq) || (status === 'delivered' && seq <= need.seenSeq))
  }
}

/** What was found of a need; absent is unknown. */
export interface Found {
  readonly deployment?: Deployment
  readonly contact?: Contact
  readonly conversation?: Conversation
  readonly latestConversation?: Conversation
  /** By id or by token, whichever was asked for. */
  readonly session?: Session
  readonly latestSession?: Session
  readonly openSessions: readonly Session[]
  readonly duplicate?: MessageEntry
  readonly proactive?: ProactiveMessage
  readonly pendingMessages: readonly ProactiveMessage[]
  readonly answer?: Answer
  readonly oauthClient?: OAuthClient
  readonly agent?: Agent
  readonly agentNamed?: Agent
  readonly contactWithExternalId?: Contact
  readonly accessToken?: AccessToken
  readonly pushDevice?: PushDevice
  readonly signIn?: SignIn
  readonly identified?: Identified
  /** Those of `attachmentIds` that there are, in that order. */
  readonly attachments?: readonly Attachment[]
  readonly ownAttachments?: readonly Attachment[]
}

/** Whom to look for: whoever has this identity, or else whoever has this external id in this deployment. */
export interface PersonNeed extends Identity {
  readonly deploymentId: DeploymentId
  readonly orExternalId?: string
}

/** Somebody found by their proven identity, with what a decision about them takes. */
export interface Identified {
  readonly contact: Contact
  readonly latestConversation?: Conversation
  readonly openSessions: readonly Session[]
}

export type Change =
  | { readonly kind: 'put-deployment'; readonly deployment: Deployment }
  | { readonly kind: 'delete-deployment'; readonly id: DeploymentId }
  | { readonly kind: 'put-contact'; readonly contact: Contact }
  /** Everything of the first is the second's from now on: threads with their logs, messages under way, appointments, events. Its sessions and push devices do not go over. */
  | { readonly kind: 'merge-contacts'; readonly from: ContactId; readonly into: ContactId }
  /** Removes what the contact and its guests and callers wrote, and every trace in the feed; ids and order stay. */
  | { readonly kind: 'erase-contact'; readonly contactId: ContactId }
  | { readonly kind: 'put-conversation'; readonly conversation: Conversation }
  | { readonly kind: 'put-session'; readonly session: Session }
  | { readonly kind: 'append-entry'; readonly entry: Entry; readonly trace?: Trace }
  | { readonly kind: 'withdraw-entry'; readonly conversationId: ConversationId; readonly seq: number }
  | { readonly kind: 'put-proactive'; readonly proactive: ProactiveMessage }
  | { readonly kind: 'append-event'; readonly event: DomainEvent }
  | { readonly kind: 'put-timer'; readonly timer: Timer }
  | { readonly kind: 'drop-timer'; readonly id: string }
  | { readonly kind: 'put-attachment'; readonly attachment: Attachment }
  | { readonly kind: 'put-answer'; readonly answer: Answer }
  | { readonly kind: 'put-client'; readonly client: OAuthClient }
  | { readonly kind: 'delete-client'; readonly id: ClientId }
  | { readonly kind: 'put-token'; readonly token: AccessToken }
  | { readonly kind: 'put-agent'; readonly agent: Agent }
  | { readonly kind: 'delete-agent'; readonly id: AgentId }
  | { readonly kind: 'put-agent-session'; readonly session: AgentSession }
  | { readonly kind: 'delete-agent-session'; readonly hash: string }
  /** Every sign-in of this agent. */
  | { readonly kind: 'delete-agent-sessions'; readonly agentId: AgentId }
  | { readonly kind: 'put-sign-in'; readonly signIn: SignIn }
  | { readonly kind: 'delete-sign-in'; readonly id: SignInId }
  /** Every sign-in of this person. */
  | { readonly kind: 'delete-sign-ins'; readonly identity: Identity; readonly deploymentId: DeploymentId }
  | { readonly kind: 'put-push-device'; readonly device: PushDevice }
  | { readonly kind: 'delete-push-device'; readonly deploymentId: DeploymentId; readonly tokenHash: string }
  | { readonly kind: 'delete-push-devices'; readonly contactId: ContactId }

/** Travels with the hint of a commit and is not stored: lets the sender's own sockets recognise their message. */
export interface Trace {
  readonly tracingId: string
}

/** One decision that became durable, as it is told to everyone who waits for it. */
export interface Committed {
  readonly contactId?: ContactId
  readonly entries: readonly { readonly entry: Entry; readonly trace?: Trace }[]
  readonly conversations: readonly Conversation[]
  readonly sessions: readonly Session[]
  readonly events: readonly StoredEvent[]
  /** Another contact became this one; the last of `conversations`, if any, is where they are now. */
  readonly mergedFrom?: ContactId
  /** Absent when none changed. */
  readonly attachments?: readonly Attachment[]
  /** The earliest appointment made, for whoever sleeps until the next one. */
  readonly dueAt?: Instant
}

export interface Decision<T> {
  readonly result: T
  readonly changes: readonly Change[]
}

export interface Work<T> {
  readonly need: Need
  /** Pure, and quick: it runs inside the transaction. Must not await, and must not be called more than it is told. */
  readonly decide: (found: Found) => Decision<T>
}

/**
 * The durable truth. Promises:
 * - `transact` loads the need, decides and writes as one transaction; it resolves only when the changes are durable
 *   (synced), and then all of them are; when it rejects, none is.
 * - Decisions about one contact run one after another, each seeing what the one before it did; many decisions may
 *   share one durable commit.
 * - Entries and events appear to readers in the order of `seq` and of `position`, without gaps.
 * - Each batch is told to `onCommitted` listeners in commit order, before the promises of its callers resolve.
 * - A failure of the engine rejects with `StoreUnavailable`.
 */
export interface Store extends Reader {
  transact<T>(work: Work<T>): Promise<T>
  /** Takes up to `limit` due timers and keeps other nodes off them for `lease`; a timer that is not dropped comes back after it. */
  claimTimers(now: Instant, lease: Duration, limit: number): Promise<readonly Timer[]>
  onCommitted(listener: (batch: readonly Committed[]) => void): () => void
}

/** The engine failed or is away: nothing was half-done, and trying again later may succeed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  readonly retryable = true
}
