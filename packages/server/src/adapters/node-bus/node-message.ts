import type { Hint } from '@beckon/core'

/** How many on a node are to hear of a thing, under a name as in `audience.ts`; 0 when nobody is left. */
export type Count = readonly [name: string, count: number]

export type NodeMessage =
  /**
   * `without`: hashes of what was left out is about (`hashesOf`), for whoever attends to it since. `isBare`: some of it lacks what became
   * of thread and session, which a socket that is here since would need.
   */
  | { readonly kind: 'hint'; readonly hint: Hint; readonly without?: string; readonly isBare?: true }
  /** Events from this place of the feed to that one were committed, and were too long to be told. */
  | { readonly kind: 'wake'; readonly from: number; readonly to: number }
  /** Who is to hear of what on this node: what changed, or all of it in parts, the first of which replaces what was known. */
  | { readonly kind: 'roll'; readonly counts: readonly Count[]; readonly part: 'change' | 'first' | 'more' }
  /** This node lives. `names` and `sum` are what others must know of its roll, or else ask for. */
  | { readonly kind: 'beat'; readonly names: number; readonly sum: number }
  /** Tell me of your whole roll. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'bye' }

type Check = (value: Readonly<Record<string, unknown>>) => boolean

/** What each kind must have, as far as whoever handles it would stumble without: other nodes are ours, and of this version. */
const parts: Readonly<Record<NodeMessage['kind'], Check>> = {
  hint: ({ hint, without = '', isBare = true }) => isHint(hint) && typeof without === 'string' && isBare === true,
  wake: isSpan,
  roll: ({ counts }) => Array.isArray(counts) && counts.every(isCount),
  beat: ({ names, sum }) => Number.isSafeInteger(names) && Number.isSafeInteger(sum),
  hello: () => true,
  bye: () => true,
}

const partsOfHint: Readonly<Record<Hint['kind'], Check>> = {
  committed: ({ batch, span }) => Array.isArray(batch) && batch.every(isCommitted) && (span === undefined || isSpan(span)),
  typing: ({ typing }) => typeof typing === 'object' && typing !== null,
  'access-changed': () => true,
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
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const { kind } = value
  return typeof kind === 'string' && isKindOfHint(kind) && partsOfHint[kind]({ ...value })
}

function isKindOfHint(kind: string): kind is Hint['kind'] {
  return Object.hasOwn(partsOfHint, kind)
}

function isCommitted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'entries' in value && 'conversations' in value && 'sessions' in value && 'events' in value
    && [value.entries, value.conversations, value.sessions, value.events].every(Array.isArray)
}

function isSpan(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value && Number.isSafeInteger(value.from) && Number.isSafeInteger(value.to)
}

function isCount(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isSafeInteger(value[1])
}
