import { suffices, type Reader } from '@beckon/core'
import type { GenesysTopicState } from '@beckon/protocol'
import type { Channel } from './channels.ts'
import { readTopic, type Topic } from './topics.ts'

export const mostTopics = 1000

export type Subscribed =
  | { readonly ok: true; readonly states: readonly GenesysTopicState[] }
  | { readonly ok: false; readonly because: 'unknown topic'; readonly topic: string }
  | { readonly ok: false; readonly because: 'too many' }

export interface Wish {
  readonly topics: readonly string[]
  readonly replace: boolean
  /** Answer for each topic, also for those that exist nowhere. */
  readonly ignoreErrors: boolean
}

/** Lets a channel follow topics, each if its owner may and if there is something to be told of. Nothing is changed where it is refused. */
export async function subscribe(reader: Pick<Reader, 'conversation' | 'deployment'>, channel: Channel, { topics, replace, ignoreErrors }: Wish): Promise<Subscribed> {
  const unknown = ignoreErrors ? undefined : topics.find((one) => readTopic(one).kind === 'unknown')
  if (unknown !== undefined) return { ok: false, because: 'unknown topic', topic: unknown }
  const wanted = new Set([...(replace ? [] : channel.topics.keys()), ...topics])
  if (wanted.size > mostTopics) return { ok: false, because: 'too many' }
  const judged = await Promise.all([...new Set(topics)].map(async (text) => ({ text, ...(await judge(reader, channel, text)) })))
  if (replace) channel.topics.clear()
  for (const { text, topic } of judged) if (topic) channel.topics.set(text, topic)
  return { ok: true, states: judged.map(({ state }) => state) }
}

/** What a channel follows, in the shape of an answer. */
export function statesOf(channel: Channel): readonly GenesysTopicState[] {
  return [...channel.topics.keys()].map((text) => permitted(channel, text))
}

interface Judged {
  readonly topic?: Topic
  readonly state: GenesysTopicState
}

async function judge(reader: Pick<Reader, 'conversation' | 'deployment'>, channel: Channel, text: string): Promise<Judged> {
  const read = readTopic(text)
  const no = (rejectionReason: string, missingPermissions: readonly string[] = []): Judged => ({
    state: { ...permitted(channel, text), state: 'Rejected', rejectionReason, ...(missingPermissions.length === 0 ? {} : { missingPermissions }) },
  })
  if (read.kind === 'unknown') return no('There is no such topic: see GET /api/v2/notifications/availabletopics.')
  if (read.kind === 'meaningless') return no(read.reason)
  if (!suffices(channel.principal.scopes, read.scopes)) return no(`The scope ${read.scopes[0] ?? ''} is missing.`, read.scopes)
  const nothing = await nothingThere(reader, read.topic)
  return nothing === undefined ? { topic: read.topic, state: permitted(channel, text) } : no(nothing)
}

async function nothingThere(reader: Pick<Reader, 'conversation' | 'deployment'>, topic: Topic): Promise<string | undefined> {
  if (topic.about === 'channel') return undefined
  if (topic.about === 'conversation') return (await reader.conversation(topic.conversationId)) ? undefined : `There is no conversation ${topic.conversationId}.`
  return (await reader.deployment(topic.deploymentId)) ? undefined : `There is no deployment ${topic.deploymentId}.`
}

function permitted({ id }: Channel, text: string): GenesysTopicState {
  return { id: text, state: 'Permitted', selfUri: `/api/v2/notifications/channels/${id}/subscriptions/${text}` }
}
