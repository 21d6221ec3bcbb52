import { isInbound, type Committed, type Conversation, type ConversationId, type Entry, type Participant, type ParticipantId, type Presence, type Reader, type StoredEvent } from '@beckon/core'
import { findConversation } from '../find-conversation.ts'
import { attributesOf, showMessageConversation } from '../render/conversation.ts'
import { directionOf, legOf } from '../render/leg.ts'
import { conversationTopic, undeliveredTopic, type ConversationTopic, type Topic } from './topics.ts'

/** Something to tell. */
export interface Notice {
  /** Those of the topics that somebody follows which this is told on, by name. */
  readonly among: (followed: ReadonlyMap<string, Topic>) => readonly string[]
  /** What is told on a topic; undefined when there is nothing to tell any more. */
  readonly body: (topic: Topic) => Promise<object | undefined>
}

export interface NoticeDeps {
  readonly reader: Pick<Reader, 'conversation' | 'contact' | 'entries' | 'latestSession'>
  readonly presence: Presence
}

/** What one decision means to those who follow, in the order in which it happened. */
export async function noticesOf(deps: NoticeDeps, committed: Committed): Promise<readonly Notice[]> {
  const notices: Notice[] = []
  for (const event of committed.events) notices.push(...(await noticesOfEvent(deps, committed, event)))
  const changed = new Set(committed.events.flatMap(({ conversationId }) => (conversationId === undefined ? [] : [conversationId])))
  return [...notices, ...[...changed].map((id) => viewNotice(deps, id))]
}

async function noticesOfEvent(deps: NoticeDeps, { entries, conversations }: Committed, event: StoredEvent): Promise<readonly Notice[]> {
  if (event.type === 'contact.updated') return [attributesNotice(deps, event)]
  const { conversationId } = event
  if (conversationId === undefined) return []
  const conversation = conversations.find(({ id }) => id === conversationId) ?? (await deps.reader.conversation(conversationId))
  const entry = entries.find((one) => one.entry.conversationId === conversationId && one.entry.seq === event.entrySeq)?.entry
  const joining = entries.flatMap((one) => (one.entry.kind === 'event' && one.entry.event === 'joined' ? [one.entry.participantId] : []))
  return conversation === undefined ? [] : happened(deps, { event, conversation, entry, joining })
}

interface Happening {
  readonly event: StoredEvent
  readonly conversation: Conversation
  readonly entry: Entry | undefined
  /** Who joins in the same decision, which an event of its own tells of. */
  readonly joining: readonly (ParticipantId | undefined)[]
}

function happened(deps: NoticeDeps, happening: Happening): readonly Notice[] {
  const { event, conversation, entry, joining } = happening
  const customer = conversation.participants.filter(({ purpose }) => purpose === 'customer')
  const present = conversation.participants.filter(({ purpose, leftAt }) => purpose === 'agent' && leftAt === undefined)
  const whoever = conversation.participants.filter(({ id, purpose }) => purpose === 'agent' && id === entry?.participantId)
  switch (event.type) {
    case 'conversation.started':
      return legNotices(happening, 'customer.start', customer)
    case 'conversation.reopened':
      return [...legNotices(happening, 'customer.start', customer), ...legNotices(happening, 'user.start', present.filter(({ id }) => !joining.includes(id)))]
    case 'conversation.closed':
      return [...legNotices(happening, 'user.end', present), ...legNotices(happening, 'customer.end', customer)]
    case 'participant.joined':
      return legNotices(happening, 'user.start', whoever)
    case 'participant.left':
      return legNotices(happening, 'user.end', whoever)
    case 'message.created':
      return undelivered(deps, happening)
    default:
      return []
  }
}

function legNotices({ event, conversation }: Happening, what: ConversationTopic, participants: readonly Participant[]): readonly Notice[] {
  return participants.map((participant) => ({
    among: named(conversationTopic(conversation.id, what)),
    body: () => Promise.resolve(legBody(event, conversation, participant)),
  }))
}

/** A leg as the market leader tells of it: in capitals what its REST API writes in small letters. */
function legBody({ at, type }: StoredEvent, conversation: Conversation, participant: Participant): object {
  const { contactId, deploymentId } = conversation
  const leg = legOf(conversation, participant)
  const isEnd = type === 'conversation.closed' || type === 'participant.left'
  return {
    eventTime: at,
    conversationId: conversation.id,
    participantId: participant.id,
    sessionId: participant.id,
    mediaType: 'MESSAGE',
    messageType: 'WEBMESSAGING',
    direction: directionOf(conversation).toUpperCase(),
    provider: 'Beckon',
    ...(participant.purpose === 'customer' ? { addressFrom: contactId, addressTo: deploymentId, externalContactId: contactId } : {}),
    ...(participant.purpose === 'agent' && participant.externalId !== undefined ? { userId: participant.externalId } : {}),
    ...(isEnd && leg.state === 'disconnected' ? { disconnectType: leg.disconnectType.toUpperCase() } : {}),
  }
}

/** The conversation stays where it is while its reader has no page open; so does the message, and it will be shown. */
function undelivered({ reader, presence }: NoticeDeps, { event, conversation, entry }: Happening): readonly Notice[] {
  const { id, contactId, deploymentId, participants } = conversation
  if (entry === undefined || isInbound(entry) || presence.connections(contactId) > 0) return []
  const participantId = participants.find(({ purpose }) => purpose === 'customer')?.id
  const body = async (): Promise<object> => {
    const session = await reader.latestSession(contactId)
    return {
      conversationId: id, deploymentId, participantId,
      externalContactId: contactId,
      communicationId: participantId,
      ...(session === undefined ? {} : { sessionExpiry: session.expiresAt }),
      messages: [{ id: entry.id, eventTimeMs: entry.at }],
      eventTimeMs: event.at,
    }
  }
  return [{ among: named(undeliveredTopic(deploymentId)), body }]
}

/** The contact's attributes are those of every conversation of theirs. */
function attributesNotice({ reader }: NoticeDeps, { at, contactId }: StoredEvent): Notice {
  return {
    among: (followed) => [...followed].filter(([, topic]) => topic.about === 'conversation' && topic.what === 'attributes').map(([name]) => name),
    async body(topic) {
      const found = topic.about === 'conversation' ? await findConversation(reader, topic.conversationId) : undefined
      if (!found?.ok || found.value.conversation.contactId !== contactId) return undefined
      const { conversation, contact } = found.value
      const participantId = conversation.participants.find(({ purpose }) => purpose === 'customer')?.id
      return { eventTime: at, conversationId: conversation.id, participantId, attributes: attributesOf(conversation, contact) }
    },
  }
}

function viewNotice({ reader }: NoticeDeps, id: ConversationId): Notice {
  return {
    among: named(conversationTopic(id, 'messages')),
    async body() {
      const found = await findConversation(reader, id)
      return found.ok ? showMessageConversation(reader, found.value) : undefined
    },
  }
}

function named(name: string): Notice['among'] {
  return (followed) => (followed.has(name) ? [name] : [])
}
