import { aBackend, type Backend } from './backend.ts'
import { credentials } from './environment.ts'

/** A message that the business was told is stored. */
export interface Acknowledged {
  readonly messageId: string
  readonly conversationId: string
}

/** Programs that send one message after the other, each to somebody of its own, and keep what was acknowledged. */
export interface SteadyLoad {
  readonly acknowledged: readonly Acknowledged[]
  /** Resolves when so many more were acknowledged. */
  more(count: number): Promise<void>
  /** Resolves when every program has heard the last of its server. */
  stop(): Promise<void>
}

export async function startSteadyLoad(url: string, programs: number): Promise<SteadyLoad> {
  const acknowledged: Acknowledged[] = []
  const waiting: { readonly at: number; readonly resolve: () => void }[] = []
  const state = { isOver: false }
  const backend = await aBackend(url, credentials)
  const send = async (): Promise<void> => {
    const { contactId } = await backend.ask<{ contactId: string }>('POST', '/api/v2/conversations/messaging/sessions', {})
    while (!state.isOver) {
      acknowledged.push(await backend.ask<Acknowledged>('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text: `Number ${String(acknowledged.length)}` }))
      for (const { at, resolve } of waiting) if (acknowledged.length >= at) resolve()
    }
  }
  // Whoever loses the server is done; what was acknowledged until then counts.
  const running = Promise.allSettled(Array.from({ length: programs }, send))
  return {
    acknowledged,
    more: (count) => new Promise((resolve) => waiting.push({ at: acknowledged.length + count, resolve })),
    async stop() {
      state.isOver = true
      await running
    },
  }
}

/** Those of the messages that cannot be read. */
export async function lost(backend: Backend, messages: readonly Acknowledged[]): Promise<readonly Acknowledged[]> {
  const found = new Set<string>()
  for (const conversationId of new Set(messages.map((message) => message.conversationId))) {
    for (let after = 0; ; ) {
      const answer = await backend.call('GET', `/api/v2/conversations/messaging/${conversationId}/messages?after=${String(after)}&limit=500`)
      const { entities = [] } = answer.body as { readonly entities?: readonly { readonly id: string; readonly seq: number }[] }
      for (const { id } of entities) found.add(id)
      after = entities.at(-1)?.seq ?? after
      if (entities.length < 500) break
    }
  }
  return messages.filter(({ messageId }) => !found.has(messageId))
}
