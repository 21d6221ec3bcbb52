import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { Entry } from '../../domain/entry/entry.ts'
import { toId } from '../../domain/ids.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import type { Session } from '../../domain/session/session.ts'
import type { TellableEvent } from '../../ports/reader.ts'
import type { History } from './take-step.ts'

/** Everything stored about everybody, at one moment. */
export interface Picture {
  readonly contacts: readonly Contact[]
  readonly conversations: readonly { readonly conversation: Conversation; readonly log: readonly Entry[] }[]
  readonly messages: readonly ProactiveMessage[]
  readonly sessions: readonly Session[]
  readonly events: readonly TellableEvent[]
}

const everything = 10_000

export async function takePicture({ at: { store } }: History): Promise<Picture> {
  const { events } = await store.events(0, everything, {})
  const { entities: conversations } = await store.conversations({ size: everything }, {})
  const sessionIds = new Set(events.flatMap(({ event }) => (event.type === 'session.started' ? [event.data?.['sessionId']] : [])))
  const logs = await Promise.all(conversations.map(async (conversation) => ({ conversation, log: await store.entries(conversation.id, { limit: everything }) })))
  const messageIds = logs.flatMap(({ log }) => log).flatMap((entry) => (entry.kind === 'message' ? [entry.id] : []))
  const { entities: proactive } = await store.proactives({ size: everything }, {})
  const answered = await Promise.all(messageIds.map((id) => store.proactiveByMessage(id)))
  const messages = new Map([...proactive, ...answered.filter((one) => one !== undefined)].map((message) => [message.id, message]))
  const sessions = await sessionsOf(store, sessionIds)
  return { contacts: (await store.contacts({ size: everything }, {})).entities, conversations: logs, messages: [...messages.values()], sessions, events }
}

async function sessionsOf(store: History['at']['store'], ids: ReadonlySet<unknown>): Promise<readonly Session[]> {
  const sessions = await Promise.all([...ids].map((id) => store.session(toId(String(id)))))
  return sessions.filter((session) => session !== undefined)
}
