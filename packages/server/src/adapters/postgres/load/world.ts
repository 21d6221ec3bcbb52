import {
  isAskedFor, type AccessToken, type Agent, type Answer, type Attachment, type AttachmentId, type Change, type Contact, type ContactId, type Conversation, type ConversationId,
  type Deployment, type MessageEntry, type OAuthClient, type PendingNeed, type ProactiveMessage, type PushDevice, type Session, type SessionId, type SignIn,
} from '@beckon/core'

/** What was loaded for the decisions of a batch, under their locks. Whatever was asked for and is not in here does not exist. */
export type World = ReturnType<typeof createWorld>

export function createWorld() {
  return {
    deployments: new Map<string, Deployment>(),
    contacts: new Map<string, Contact>(),
    contactByExternalId: new Map<string, ContactId>(),
    contactByIdentity: new Map<string, ContactId>(),
    conversations: new Map<string, Conversation>(),
    latestConversation: new Map<ContactId, ConversationId>(),
    sessions: new Map<string, Session>(),
    sessionByToken: new Map<string, SessionId>(),
    latestSession: new Map<ContactId, SessionId>(),
    openSessions: new Map<ContactId, SessionId[]>(),
    duplicates: new Map<string, MessageEntry>(),
    proactives: new Map<string, ProactiveMessage>(),
    /** What was asked of each contact's messages under way, by `pendingKey`. */
    pending: new Map<ContactId, Map<string, PendingList>>(),
    attachments: new Map<string, Attachment>(),
    ownAttachments: new Map<string, AttachmentId[]>(),
    answers: new Map<string, Answer>(),
    clients: new Map<string, OAuthClient>(),
    agents: new Map<string, Agent>(),
    agentByName: new Map<string, Agent>(),
    accessTokens: new Map<string, AccessToken>(),
    signIns: new Map<string, SignIn>(),
    pushDevices: new Map<string, PushDevice>(),
  }
}

/** Those that a need asks for, oldest first. */
interface PendingList {
  readonly need: PendingNeed
  readonly messages: Map<string, ProactiveMessage>
}

/** One key of what has several. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join(' ')
}

export function pendingKey(need: PendingNeed): string {
  switch (need.kind) {
    case 'all': case 'scheduled': return need.kind
    case 'superseded': return keyOf(need.kind, need.supersedeKey)
    case 'reached': return keyOf(need.kind, need.conversationId, String(need.deliveredSeq), String(need.seenSeq))
  }
}

/** The list that a need asks for, empty as long as nothing was put into it. */
export function pendingList({ pending }: World, contactId: ContactId, need: PendingNeed): PendingList {
  const lists = pending.get(contactId) ?? new Map<string, PendingList>()
  pending.set(contactId, lists)
  const list = lists.get(pendingKey(need)) ?? { need, messages: new Map() }
  lists.set(pendingKey(need), list)
  return list
}

/**
 * Brings the world to where a decision takes it, so that the next decision about the same contact can be made in the same batch.
 * False when it cannot tell what that one would find: then it has to be looked up after the commit. Those that it can tell are
 * the changes of a talk that goes on; everything else is rare.
 */
export function follow(world: World, changes: readonly Change[]): boolean {
  return changes.every((change) => isFollowed(world, change))
}

function isFollowed(world: World, change: Change): boolean {
  switch (change.kind) {
    case 'append-event': case 'put-timer': case 'drop-timer': return true
    case 'put-conversation': return replace(world.conversations, change.conversation, ({ status }) => status)
    case 'put-session': return replace(world.sessions, change.session, ({ ended }) => ended === undefined)
    case 'append-entry': {
      const { entry } = change
      if (entry.kind === 'message' && entry.clientId !== undefined) world.duplicates.set(keyOf(entry.contactId, entry.clientId), entry)
      return true
    }
    case 'put-proactive': return world.contacts.has(change.proactive.contactId) && putProactive(world, change.proactive)
    case 'put-answer':
      world.answers.set(change.answer.key, change.answer)
      return true
    default: return false
  }
}

/** Of something known whose place among the others stays as it was. */
function replace<T extends { readonly id: string; readonly contactId: ContactId }>(known: Map<string, T>, value: T, place: (value: T) => unknown): boolean {
  const was = known.get(value.id)
  if (was?.contactId !== value.contactId || place(was) !== place(value)) return false
  known.set(value.id, value)
  return true
}

function putProactive(world: World, message: ProactiveMessage): true {
  world.proactives.set(message.id, message)
  for (const { need, messages } of world.pending.get(message.contactId)?.values() ?? []) {
    if (isAskedFor(need, message)) messages.set(message.id, message)
    else messages.delete(message.id)
  }
  return true
}
