import type { AccessToken, OAuthClient } from '../../domain/access/client.ts'
import type { Agent, AgentSession } from '../../domain/access/agent.ts'
import type { Attachment } from '../../domain/attachment/attachment.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { Deployment } from '../../domain/deployment/deployment.ts'
import type { Entry } from '../../domain/entry/entry.ts'
import type { StoredEvent } from '../../domain/event/event.ts'
import type { ContactId, ConversationId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import type { SignIn } from '../../domain/identity/sign-in.ts'
import type { PushDevice } from '../../domain/push-device/push-device.ts'
import type { Session } from '../../domain/session/session.ts'
import type { Answer, Timer } from '../../ports/store.ts'

export interface LeasedTimer {
  readonly timer: Timer
  readonly leasedUntil?: Instant
}

/** An answer goes when the contact that its request was about is erased. */
export interface KeptAnswer {
  readonly answer: Answer
  readonly about: ContactId | undefined
}

/** A row with the order in which it was first stored, which lists and "newest" go by. */
export interface Row<T> {
  readonly place: number
  readonly value: T
}

/** What a contact has many of; `unsettled` are the proactive messages that may still change. */
export type OwnedKind = 'conversations' | 'sessions' | 'proactives' | 'unsettled' | 'attachments'

export type Tables = ReturnType<typeof createTables>

/** Everything stored. Each write can be taken back, so that a decision that fails half-way leaves nothing. */
export function createTables() {
  const undo: (() => void)[] = []
  return {
    deployments: createTable<Deployment>(undo),
    contacts: createTable<Contact>(undo),
    conversations: createTable<Conversation>(undo),
    sessions: createTable<Session>(undo),
    /** By `entryKey`. */
    entries: createTable<Entry>(undo),
    logLengths: createTable<number>(undo),
    proactives: createTable<ProactiveMessage>(undo),
    attachments: createTable<Attachment>(undo),
    events: createTable<StoredEvent>(undo),
    timers: createTable<LeasedTimer>(undo),
    answers: createTable<KeptAnswer>(undo),
    clients: createTable<OAuthClient>(undo),
    tokens: createTable<AccessToken>(undo),
    agents: createTable<Agent>(undo),
    agentSessions: createTable<AgentSession>(undo),
    signIns: createTable<SignIn>(undo),
    /** By `deviceKey`. */
    pushDevices: createTable<PushDevice>(undo),
    /** Ids by whom they belong to, or by another key that leads to them. */
    byOwner: createSets(undo),
    byKey: createTable<string>(undo),
    /** From here on, writes can be taken back. */
    begin() {
      undo.length = 0
    },
    rollBack() {
      for (const step of undo.toReversed()) step()
      undo.length = 0
    },
  }
}

export interface Table<T> {
  get(key: string): T | undefined
  put(key: string, value: T): void
  delete(key: string): void
  rows(): IterableIterator<Row<T>>
  readonly size: number
}

/** Where an entry is kept. */
export function entryKey(conversationId: ConversationId, seq: number): string {
  return `${conversationId} ${seq}`
}

function createTable<T>(undo: (() => void)[]): Table<T> {
  const rows = new Map<string, Row<T>>()
  let places = 0
  const restore = (key: string, was: Row<T> | undefined): void => {
    if (was) rows.set(key, was)
    else rows.delete(key)
  }
  return {
    get: (key) => rows.get(key)?.value,
    put(key, value) {
      const was = rows.get(key)
      undo.push(() => restore(key, was))
      rows.set(key, { place: was?.place ?? ++places, value })
    },
    delete(key) {
      const was = rows.get(key)
      if (!was) return
      undo.push(() => restore(key, was))
      rows.delete(key)
    },
    rows: () => rows.values(),
    get size() {
      return rows.size
    },
  }
}

/** Ids under a key, in the order in which they came. */
function createSets(undo: (() => void)[]) {
  const sets = new Map<string, Set<string>>()
  const setOf = (key: string): Set<string> => {
    const known = sets.get(key) ?? new Set()
    sets.set(key, known)
    return known
  }
  return {
    get: (key: string): Iterable<string> => sets.get(key) ?? [],
    add(key: string, id: string): void {
      const ids = setOf(key)
      if (ids.has(id)) return
      undo.push(() => ids.delete(id))
      ids.add(id)
    },
    delete(key: string, id: string): void {
      const ids = setOf(key)
      if (ids.delete(id)) undo.push(() => ids.add(id))
    },
  }
}
