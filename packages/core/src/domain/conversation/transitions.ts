import type { EntryEvent } from '../entry/entry.ts'
import type { GuestWritesAfterClose, WhenClosed } from '../deployment/deployment.ts'

export type ConversationState = 'none' | 'open' | 'closed' | 'elapsed' | 'erased'
export type ConversationCommand = 'guestWrites' | 'businessSends' | 'close' | 'reopen'
export type ClosedPolicy = WhenClosed | GuestWritesAfterClose

/** What is done to the thread. `start` and `startLinked` make a new one and leave the old as it is. */
export type ConversationAct = 'start' | 'append' | 'reopen' | 'startLinked' | 'close' | 'nothing'

export interface ConversationTransition {
  readonly from: ConversationState
  readonly on: ConversationCommand
  /** The row holds under this policy only; without one, under every policy. */
  readonly policy?: ClosedPolicy
  readonly to: 'open' | 'closed' | 'erased' | 'none'
  readonly does: ConversationAct | { readonly refuse: 'not_found' | 'conversation_closed' | 'read_only' | 'erased' }
  readonly emits: readonly EntryEvent[]
}

const both = ['guestWrites', 'businessSends'] as const
const all = ['guestWrites', 'businessSends', 'close', 'reopen'] as const

/** The life of a conversation, completely: what is not here cannot happen. `docs/domain.md` draws its diagram from these rows. */
export const conversationTransitions: readonly ConversationTransition[] = [
  ...both.map((on) => ({ from: 'none', on, to: 'open', does: 'start', emits: ['started'] }) as const),
  { from: 'none', on: 'close', to: 'none', does: { refuse: 'not_found' }, emits: [] },
  { from: 'none', on: 'reopen', to: 'none', does: { refuse: 'not_found' }, emits: [] },

  ...both.map((on) => ({ from: 'open', on, to: 'open', does: 'append', emits: [] }) as const),
  { from: 'open', on: 'close', to: 'closed', does: 'close', emits: ['closed'] },
  { from: 'open', on: 'reopen', to: 'open', does: 'nothing', emits: [] },

  { from: 'closed', on: 'close', to: 'closed', does: 'nothing', emits: [] },
  { from: 'closed', on: 'reopen', to: 'open', does: 'reopen', emits: ['reopened'] },
  ...both.map((on) => ({ from: 'closed', on, policy: 'reopen', to: 'open', does: 'reopen', emits: ['reopened'] }) as const),
  ...both.map((on) => ({ from: 'closed', on, policy: 'startLinked', to: 'closed', does: 'startLinked', emits: ['started'] }) as const),
  { from: 'closed', on: 'guestWrites', policy: 'readOnly', to: 'closed', does: { refuse: 'read_only' }, emits: [] },
  { from: 'closed', on: 'businessSends', policy: 'append', to: 'closed', does: 'append', emits: [] },
  { from: 'closed', on: 'businessSends', policy: 'reject', to: 'closed', does: { refuse: 'conversation_closed' }, emits: [] },

  { from: 'elapsed', on: 'close', to: 'closed', does: 'nothing', emits: [] },
  { from: 'elapsed', on: 'reopen', to: 'open', does: 'reopen', emits: ['reopened'] },
  ...both.map((on) => ({ from: 'elapsed', on, policy: 'reopen', to: 'closed', does: 'startLinked', emits: ['started'] }) as const),
  ...both.map((on) => ({ from: 'elapsed', on, policy: 'startLinked', to: 'closed', does: 'startLinked', emits: ['started'] }) as const),
  { from: 'elapsed', on: 'guestWrites', policy: 'readOnly', to: 'closed', does: { refuse: 'read_only' }, emits: [] },
  { from: 'elapsed', on: 'businessSends', policy: 'append', to: 'closed', does: 'append', emits: [] },
  { from: 'elapsed', on: 'businessSends', policy: 'reject', to: 'closed', does: { refuse: 'conversation_closed' }, emits: [] },

  ...all.map((on) => ({ from: 'erased', on, to: 'erased', does: { refuse: 'erased' }, emits: [] }) as const),
]

const rows = new Map(conversationTransitions.map((row) => [key(row.from, row.on, row.policy), row]))

/** The row for this state, command and policy; undefined only for a policy that the command does not know. */
export function conversationTransition(
  from: ConversationState,
  on: ConversationCommand,
  policy?: ClosedPolicy,
): ConversationTransition | undefined {
  return rows.get(key(from, on)) ?? rows.get(key(from, on, policy))
}

function key(from: ConversationState, on: ConversationCommand, policy?: ClosedPolicy): string {
  return `${from} ${on} ${policy ?? ''}`
}
