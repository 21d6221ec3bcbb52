import type { AccessToken, OAuthClient } from '../domain/access/client.ts'
import type { Attachment } from '../domain/attachment/attachment.ts'
import type { Agent, AgentSession } from '../domain/access/agent.ts'
import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation } from '../domain/conversation/conversation.ts'
import type { Deployment } from '../domain/deployment/deployment.ts'
import type { Entry, MessageEntry } from '../domain/entry/entry.ts'
import type { StoredEvent } from '../domain/event/event.ts'
import type { SignIn } from '../domain/identity/sign-in.ts'
import type { AgentId, AttachmentId, ClientId, ContactId, ConversationId, DeploymentId, EntryId, ProactiveId, SessionId, SignInId } from '../domain/ids.ts'
import type { Instant } from '../domain/instant.ts'
import type { ProactiveMessage } from '../domain/proactive/proactive.ts'
import type { PushDevice } from '../domain/push-device/push-device.ts'
import type { Session } from '../domain/session/session.ts'

/** A part of a list, and where the next part begins. Cursors are opaque to callers and stay valid while rows come and go. */
export interface Page<T> {
  readonly entities: readonly T[]
  readonly next?: string
}

/** A page that may hold fewer than were asked for, or none, although there are more. */
export interface ConversationPage extends Page<Conversation> {
  /** The engine has looked at as many as one page may: what was last active before this moment is looked at by whoever goes on at `next`. */
  readonly searchedBackTo?: Instant
}

export interface PageRequest {
  readonly size: number
  readonly cursor?: string
}

export interface ContactFilter {
  /** Found in the name, e-mail, phone or external id. */
  readonly text?: string
  /** The whole e-mail address, in any case. */
  readonly email?: string
  readonly deploymentId?: DeploymentId
}

export interface ProactiveFilter {
  readonly contactId?: ContactId
  readonly conversationId?: ConversationId
  readonly status?: string
}

export interface ConversationFilter {
  readonly status?: 'open' | 'closed'
  readonly quiet?: boolean
  readonly contactId?: ContactId
  readonly deploymentId?: DeploymentId
  /** Found in the contact's name, e-mail, external id, or in the last text. */
  readonly text?: string
}

export interface EventFilter {
  readonly types?: readonly string[]
  readonly contactId?: ContactId
  readonly conversationId?: ConversationId
}

/** An event with the entry it is about. */
export interface TellableEvent {
  readonly event: StoredEvent
  readonly entry?: Entry
}

export interface EntryRange {
  /** Entries with a greater `seq`, ascending. */
  readonly after?: number
  /** The last entries with a smaller `seq`, ascending all the same. */
  readonly before?: number
  readonly limit: number
}

/** Reading, outside of any transaction: each answer is some committed state, never part of one. */
export interface Reader {
  /** Changes when the log was replaced, by restoring a backup: a resume position from another epoch means nothing. */
  readonly epoch: string
  deployment(id: DeploymentId): Promise<Deployment | undefined>
  deployments(page: PageRequest): Promise<Page<Deployment>>
  contact(id: ContactId): Promise<Contact | undefined>
  contactByExternalId(externalId: string): Promise<Contact | undefined>
  /** Newest first, without those who were erased or became another. */
  contacts(page: PageRequest, filter: ContactFilter): Promise<Page<Contact>>
  conversation(id: ConversationId): Promise<Conversation | undefined>
  /** Newest activity first. What no index finds is looked for among a bounded number for each page, however many there are. */
  conversations(page: PageRequest, filter: ConversationFilter): Promise<ConversationPage>
  /** The newest open conversation, or the newest of all when none is open. */
  latestConversation(contactId: ContactId): Promise<Conversation | undefined>
  session(id: SessionId): Promise<Session | undefined>
  latestSession(contactId: ContactId): Promise<Session | undefined>
  /** The newest session that this browser had on this deployment. Also found by the hash of its token in lower case. */
  sessionByToken(deploymentId: DeploymentId, tokenHash: string): Promise<Session | undefined>
  entries(conversationId: ConversationId, range: EntryRange): Promise<readonly Entry[]>
  message(id: EntryId): Promise<MessageEntry | undefined>
  /** What a guest client's history shows of a conversation after `afterSeq`, newest first: standing messages and its closings. */
  guestHistory(
    conversationId: ConversationId,
    page: { readonly afterSeq: number; readonly offset: number; readonly limit: number },
  ): Promise<{ readonly entries: readonly Entry[]; readonly total: number }>
  proactive(id: ProactiveId): Promise<ProactiveMessage | undefined>
  proactiveByMessage(messageId: EntryId): Promise<ProactiveMessage | undefined>
  /** Newest first; only messages that nobody had asked for. */
  proactives(page: PageRequest, filter: ProactiveFilter): Promise<Page<ProactiveMessage>>
  /** Events after `position`, in order. `through` is how far the feed was read, matching or not. */
  events(position: number, limit: number, filter: EventFilter): Promise<{ readonly events: readonly TellableEvent[]; readonly through: number }>
  lastPosition(): Promise<number>
  nextTimerAt(): Promise<Instant | undefined>
  answer(key: string): Promise<{ readonly fingerprint: string; readonly value: unknown } | undefined>
  accessToken(hash: string): Promise<AccessToken | undefined>
  oauthClient(id: ClientId): Promise<OAuthClient | undefined>
  oauthClients(page: PageRequest): Promise<Page<OAuthClient>>
  agent(id: AgentId): Promise<Agent | undefined>
  agentByName(name: string): Promise<Agent | undefined>
  agents(page: PageRequest): Promise<Page<Agent>>
  agentSession(hash: string): Promise<AgentSession | undefined>
  attachment(id: AttachmentId): Promise<Attachment | undefined>
  signIn(id: SignInId): Promise<SignIn | undefined>
  /** By any refresh token that it ever handed out. */
  signInByRefreshToken(hash: string): Promise<SignIn | undefined>
  pushDevices(contactId: ContactId): Promise<readonly PushDevice[]>
  /** Resolves when the engine answers. */
  ping(): Promise<void>
}
