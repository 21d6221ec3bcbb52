import { BeckonRefusal } from '@beckon/client'
import { withEntry, withoutEntry } from './records.ts'
import type { Entry, Send, SendPlan } from '@beckon/protocol'
import type { DeskDeps } from './desk-deps.ts'
import type { Outgoing } from './desk-state.ts'
import type { Inbox } from './inbox.ts'

/** What an agent does in one conversation. */
export interface Thread {
  readonly reply: (conversationId: string, send: Send) => Promise<void>
  readonly retry: (conversationId: string, key: string) => Promise<void>
  readonly close: (conversationId: string) => Promise<void>
  readonly reopen: (conversationId: string) => Promise<void>
  /** What a send would do now; throws the refusal that it would meet. */
  readonly plan: (conversationId: string, send: Send) => Promise<SendPlan>
  /** The other side has been read up to the end, if somebody is looking. */
  readonly markRead: (conversationId: string) => Promise<void>
  readonly draft: (conversationId: string, text: string) => void
  /** Tells the guest that somebody is writing, at most every few seconds. */
  readonly writing: (conversationId: string) => void
}

/** The message tells by this which outgoing one it is: the feed may be faster than the answer to the send. */
const keyName = 'desk-key'
const draftsKey = 'beckon.desk.drafts'
/** The guest's page lets the sign fade by itself soon after. */
const typingEveryMs = 4_000

export function createThread(deps: DeskDeps, inbox: Inbox): Thread {
  const { beckon, store } = deps
  const waiting = new Map<string, Send>()
  let toldTypingAt = 0

  const setOutgoing = (id: string, change: (list: readonly Outgoing[]) => readonly Outgoing[]): void =>
    store.update(({ outgoing }) => ({ outgoing: withEntry(outgoing, id, change(outgoing[id] ?? [])) }))

  /** The key stays the same at every try, so a retry after a lost answer is one message. */
  async function deliver(id: string, key: string, send: Send): Promise<void> {
    setOutgoing(id, (list) => [...list.filter((each) => each.key !== key), { key, text: send.text ?? '' }])
    try {
      await beckon.sendToConversation(id, { ...withSender(deps, send), metadata: { [keyName]: key } }, { idempotencyKey: key })
      await inbox.refresh(id)
      setOutgoing(id, (list) => list.filter((each) => each.key !== key))
      waiting.delete(key)
    } catch (error) {
      setOutgoing(id, (list) => list.map((each) => (each.key === key ? { ...each, failure: reasonOf(error) } : each)))
    }
  }

  async function change(id: string, status: 'open' | 'closed'): Promise<void> {
    inbox.note(await beckon.updateConversation(id, { status }))
    await inbox.refresh(id)
  }

  return {
    reply: (id, send) => {
      const key = deps.newId()
      waiting.set(key, send)
      return deliver(id, key, send)
    },
    retry: async (id, key) => {
      const send = waiting.get(key)
      if (send !== undefined) await deliver(id, key, send)
    },
    close: (id) => change(id, 'closed'),
    reopen: (id) => change(id, 'open'),
    plan: (id, send) => beckon.sendToConversation(id, { ...withSender(deps, send), dryRun: true }),
    markRead: async (id) => {
      const conversation = store.get().conversations[id]
      if (conversation === undefined || !deps.isVisible()) return
      const seenSeq = conversation.lastSeq
      if (seenSeq <= conversation.cursors.business.seenSeq) return
      const cursors = { ...conversation.cursors, business: { deliveredSeq: seenSeq, seenSeq } }
      inbox.note({ ...conversation, cursors })
      await beckon.markSeen(id, { seenSeq })
    },
    draft: (id, text) => {
      store.update(({ drafts }) => ({ drafts: text === '' ? withoutEntry(drafts, id) : withEntry(drafts, id, text) }))
      deps.keep.set(draftsKey, JSON.stringify(store.get().drafts))
    },
    writing: (id) => {
      if (deps.now() - toldTypingAt < typingEveryMs) return
      toldTypingAt = deps.now()
      const name = nameOf(deps)
      // Nothing depends on it: a sign that does not arrive is not worth a word.
      beckon.sendTyping(id, { on: true, ...(name === undefined ? {} : { from: { name } }) }).catch(() => undefined)
    },
  }
}

/** What is still on its way: not yet in the log. */
export function stillOutgoing(outgoing: readonly Outgoing[], log: readonly Entry[]): readonly Outgoing[] {
  return outgoing.filter(({ key }) => !log.some(({ metadata }) => metadata?.[keyName] === key))
}

/** The drafts that an earlier visit has left. */
export function keptDrafts(keep: DeskDeps['keep']): Readonly<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(keep.get(draftsKey) ?? '{}')
    const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}

/** What to tell the agent about a failure. */
export function reasonOf(error: unknown): string {
  if (error instanceof BeckonRefusal) return error.problem.detail
  return error instanceof Error ? error.message : String(error)
}

/** Guests see who answers. */
export function withSender(deps: DeskDeps, send: Send): Send {
  const { signedIn } = deps.store.get()
  if (signedIn === undefined) return send
  const { id, displayName } = signedIn.agent
  return { ...send, from: { id, name: displayName, kind: 'agent' } }
}

function nameOf({ store }: DeskDeps): string | undefined {
  return store.get().signedIn?.agent.displayName
}
