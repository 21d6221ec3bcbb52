import { toId, type ConversationId, type DeploymentId, type Scope } from '@beckon/core'

/** What a topic is about, once read. */
export type Topic =
  | { readonly about: 'conversation'; readonly conversationId: ConversationId; readonly what: ConversationTopic }
  | { readonly about: 'undelivered'; readonly deploymentId: DeploymentId }
  /** Told to every channel anyway. */
  | { readonly about: 'channel' }

export type ConversationTopic = 'customer.start' | 'customer.end' | 'user.start' | 'user.end' | 'attributes' | 'messages'

interface TopicRow {
  /** With `{id}` where the id stands. */
  readonly template: string
  readonly description: string
  readonly scopes: readonly Scope[]
  readonly read: (id: string) => Topic
}

const templates: Readonly<Record<ConversationTopic, string>> = {
  'customer.start': 'v2.detail.events.conversation.{id}.customer.start',
  'customer.end': 'v2.detail.events.conversation.{id}.customer.end',
  'user.start': 'v2.detail.events.conversation.{id}.user.start',
  'user.end': 'v2.detail.events.conversation.{id}.user.end',
  attributes: 'v2.detail.events.conversation.{id}.attributes',
  messages: 'v2.conversations.{id}.messages',
}
const undeliveredTemplate = 'v2.webmessaging.deployments.{id}.undelivered.messages'

export function conversationTopic(id: string, what: ConversationTopic): string {
  return templates[what].replace('{id}', id)
}

export function undeliveredTopic(deploymentId: string): string {
  return undeliveredTemplate.replace('{id}', deploymentId)
}

const toRead: readonly Scope[] = ['conversations:read', 'admin:conversation:write']

function ofConversation(what: ConversationTopic, description: string): TopicRow {
  return { template: templates[what], description, scopes: toRead, read: (id) => ({ about: 'conversation', conversationId: toId(id), what }) }
}

/** Every topic there is. */
export const topicRows: readonly TopicRow[] = [
  ofConversation('customer.start', 'The conversation was started or reopened.'),
  ofConversation('customer.end', 'The conversation was closed.'),
  ofConversation('user.start', 'An agent takes part from now on.'),
  ofConversation('user.end', 'An agent does not take part any more.'),
  ofConversation('attributes', 'The customer’s attributes were set.'),
  ofConversation('messages', 'Anything happened in the conversation; carries its message view.'),
  {
    template: undeliveredTemplate,
    description: 'A message was sent to a guest who has no page open.',
    scopes: toRead,
    read: (id) => ({ about: 'undelivered', deploymentId: toId(id) }),
  },
]

/** Topics that exist elsewhere and can never tell anything here, with the reason. */
const meaningless: readonly (readonly [RegExp, string])[] = [
  [/^v2\.users\./, 'Beckon has no conversations of users: follow v2.conversations.{id}.messages, or read GET /api/v2/events.'],
  [/^v2\.routing\./, 'Beckon has no queues: follow v2.conversations.{id}.messages, or read GET /api/v2/events.'],
  [/^v2\.detail\.events\.conversation\.[^.]+\.(acd|acw|wrapup|flow|outbound|contact)\b/, 'Beckon has no queues, flows or wrap-ups.'],
]

const always = /^(channel\.metadata|v2\.system\.[\w.]+)$/
const patterns = topicRows.map((row) => ({ row, pattern: new RegExp(`^${row.template.replaceAll('.', '\\.').replace('{id}', '([^.]{1,64})')}$`) }))

export type ReadTopic =
  | { readonly kind: 'topic'; readonly topic: Topic; readonly scopes: readonly Scope[] }
  | { readonly kind: 'meaningless'; readonly reason: string }
  | { readonly kind: 'unknown' }

export function readTopic(text: string): ReadTopic {
  for (const { row, pattern } of patterns) {
    const id = pattern.exec(text)?.[1]
    if (id !== undefined) return { kind: 'topic', topic: row.read(id), scopes: row.scopes }
  }
  if (always.test(text)) return { kind: 'topic', topic: { about: 'channel' }, scopes: [] }
  const reason = meaningless.find(([pattern]) => pattern.test(text))?.[1]
  return reason === undefined ? { kind: 'unknown' } : { kind: 'meaningless', reason }
}
