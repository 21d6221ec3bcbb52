import { days, isScope, must, toId, type Scope } from '@beckon/core'
import { exampleIds, type Action, type OperationExample, type Spelling } from '@beckon/protocol'
import { createApiWorld, type ApiAnswer, type ApiWorld } from '../../../testing/api-world.ts'

/** The states in which a customer may be when somebody writes to them. */
export const states = ['a page open', 'the tab shut', 'the conversation closed', 'the session expired', 'the session ended', 'everything over'] as const
export type State = (typeof states)[number]

export interface SpelledWorld extends AsyncDisposable {
  readonly api: ApiWorld
  readonly ids: Ids
  /** Makes the call of an example to the guest of this world, with a token of just these scopes. */
  spell(row: Spelling, example: Example, given?: Given): Promise<ApiAnswer>
  /** The conversation's status as it is now. */
  status(): Promise<string>
  /** What was said in it. */
  messages(): Promise<readonly string[]>
  /** Makes every call that a refusal suggests, each with nothing but the scope it names, and tells what came of it, in order of status. */
  follow(actions: readonly Action[]): Promise<readonly number[]>
}

export type Ids = Readonly<Record<keyof typeof exampleIds, string>>

export interface Given {
  readonly scopes?: readonly Scope[]
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

type Example = Pick<OperationExample, 'params' | 'body'>

/** A guest who has chatted, in one of the states. */
export async function createSpelledWorld(state: State = 'the tab shut', given: Parameters<typeof createApiWorld>[0] = {}): Promise<SpelledWorld> {
  const api = await createApiWorld(given)
  const ids = await letAdaChat(api)
  await arrange(api, ids, state)
  const conversation = toId<'conversation'>(ids.conversation)
  return {
    api,
    ids,
    async spell(row, example, { scopes = row.scopes, token, headers = {} } = {}) {
      const path = row.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(withIds(String(example.params?.[name]), ids)))
      const payload = example.body === undefined ? {} : { payload: withIds(JSON.stringify(example.body), ids) }
      const json = example.body === undefined ? {} : { 'content-type': 'application/json' }
      return api.call(`${row.method} ${path}`, { token: token === undefined ? await api.tokenWith(scopes) : token, headers: { ...json, ...headers }, ...payload })
    },
    status: async () => must(await api.store.conversation(conversation), 'it stays').status,
    messages: async () => (await api.store.entries(conversation, { after: 0, limit: 100 })).flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])),
    async follow(actions) {
      const statuses: number[] = []
      for (const { method, href, body, scope = '' } of actions) {
        const token = await api.tokenWith([scope].filter(isScope))
        statuses.push((await api.call(`${method} ${href}`, { token, ...(body === undefined ? {} : { body }) })).status)
      }
      return statuses.toSorted((one, other) => one - other)
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  }
}

async function letAdaChat({ useCases, store }: ApiWorld): Promise<Ids> {
  const created = await useCases.createSession({ guest: { name: 'Ada' } })
  const { session } = must(created.ok ? created.value : undefined, 'the session was made')
  const sent = await useCases.sendMessage({ address: { contactId: session.contactId }, saying: { text: 'Hello' }, from: { kind: 'agent' }, proactive: false, policy: {} })
  const conversationId = must(sent.ok ? sent.value.message.conversationId : undefined, 'the message was sent')
  const conversation = must(await store.conversation(conversationId), 'just begun')
  return { contact: session.contactId, session: session.id, conversation: conversation.id, participant: must(conversation.participants[0], 'the guest').id }
}

async function arrange({ presence, useCases, clock }: ApiWorld, ids: Ids, state: State): Promise<void> {
  const isOver = state === 'everything over'
  if (state === 'a page open') presence.enter(toId(ids.contact))
  if (isOver || state === 'the conversation closed') await useCases.updateConversation({ conversationId: toId(ids.conversation), status: 'closed', by: { kind: 'agent' } })
  if (state === 'the session ended') await useCases.endSession({ sessionId: toId(ids.session), reason: 'ended_by_backend' })
  // Longer than a session lives, shorter than a closed conversation may be reopened by a message.
  if (isOver || state === 'the session expired') clock.advance(days(4))
}

/** Text that names the ids of the examples, with those of this world instead. */
function withIds(text: string, ids: Ids): string {
  const { contact, conversation, participant, session } = exampleIds
  return text.replaceAll(contact, ids.contact).replaceAll(conversation, ids.conversation).replaceAll(participant, ids.participant).replaceAll(session, ids.session)
}
