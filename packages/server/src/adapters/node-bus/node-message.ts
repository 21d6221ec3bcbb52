import type { ContactId, Hint } from '@beckon/core'

/** How many sockets of a contact a node has; 0 when none is left. */
export type Count = readonly [ContactId, number]

export type NodeMessage =
  | { readonly kind: 'hint'; readonly hint: Hint }
  /** Events from this place of the feed to that one were committed, and were too long to be told. */
  | { readonly kind: 'wake'; readonly from: number; readonly to: number }
  /** Whose sockets this node has: what changed, or all of it in parts, the first of which replaces what was known. */
  | { readonly kind: 'sockets'; readonly counts: readonly Count[]; readonly part: 'change' | 'first' | 'more' }
  /** This node lives. `contacts` and `sum` are what others must know of its sockets, or else ask for. */
  | { readonly kind: 'beat'; readonly contacts: number; readonly sum: number }
  /** Tell me of all your sockets. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'bye' }

const kindsOfHints: readonly string[] = ['committed', 'typing', 'access-changed'] satisfies readonly Hint['kind'][]

/** What each kind must have, as far as whoever handles it would stumble without: other nodes are ours, and of this version. */
const parts: Readonly<Record<NodeMessage['kind'], (value: Readonly<Record<string, unknown>>) => boolean>> = {
  hint: ({ hint }) => isHint(hint),
  wake: ({ from, to }) => Number.isSafeInteger(from) && Number.isSafeInteger(to),
  sockets: ({ counts }) => Array.isArray(counts) && counts.every(isCount),
  beat: ({ contacts, sum }) => Number.isSafeInteger(contacts) && Number.isSafeInteger(sum),
  hello: () => true,
  bye: () => true,
}

export function isNodeMessage(value: unknown): value is NodeMessage {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const { kind } = value
  return typeof kind === 'string' && isKind(kind) && parts[kind]({ ...value })
}

function isKind(kind: string): kind is NodeMessage['kind'] {
  return Object.hasOwn(parts, kind)
}

function isHint(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string' || !kindsOfHints.includes(value.kind)) return false
  if (value.kind === 'committed') return 'batch' in value && Array.isArray(value.batch) && value.batch.every(isCommitted)
  return value.kind !== 'typing' || ('typing' in value && typeof value.typing === 'object' && value.typing !== null)
}

function isCommitted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'entries' in value && 'conversations' in value && 'sessions' in value && 'events' in value
    && [value.entries, value.conversations, value.sessions, value.events].every(Array.isArray)
}

function isCount(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isSafeInteger(value[1])
}
