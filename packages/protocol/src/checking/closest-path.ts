import { editDistance } from './closest-name.ts'

/** A documented path with the verbs it is served with. */
export interface ServedPath {
  /** As the documentation writes it: `/contacts/{contactId}`. */
  readonly path: string
  readonly methods: readonly string[]
}

/** The documented path nearest to an unknown one, if any is near; of two, the one that knows the verb. */
export function closestPath(method: string, path: string, served: readonly ServedPath[]): ServedPath | undefined {
  const segments = segmentsOf(path)
  if (segments.length > mostSegments) return undefined
  const near = served
    .map((one) => ({ one, away: distance(segmentsOf(one.path), segments) }))
    .filter(({ away }) => away <= Math.min(farthest, telling(segments)))
  const rank = ({ one: { methods }, away }: (typeof near)[number]): number => away + (methods.includes(method) ? 0 : otherVerb)
  return near.toSorted((one, other) => rank(one) - rank(other))[0]?.one
}

/** No path of ours is nearly as long, and comparing is quadratic. */
const mostSegments = 24

/** More than this many segments' worth of difference is another path, not a misspelt one. */
const farthest = 1.5

/** How much of a path tells where it leads. More difference than that, and nothing is left that is alike. */
function telling(segments: readonly string[]): number {
  return segments.reduce((sum, segment) => sum + weight(segment), 0) * mostOfIt
}

const mostOfIt = 0.75

/** What another verb weighs: about as much as half a segment. */
const otherVerb = 0.6

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** Segments to replace, add or take away, a misspelt one counting in part: Levenshtein's over segments. */
function distance(pattern: readonly string[], segments: readonly string[]): number {
  let row = [0]
  for (const [j, segment] of segments.entries()) row.push((row[j] ?? 0) + weight(segment))
  for (const part of pattern) {
    const next = [(row[0] ?? 0) + weight(part)]
    for (const [j, segment] of segments.entries()) {
      const replaced = (row[j] ?? 0) + difference(part, segment)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + weight(part), (next[j] ?? 0) + weight(segment)))
    }
    row = next
  }
  return row[segments.length] ?? 0
}

/** Everybody's API has these in front, and they tell nothing. */
function weight(segment: string): number {
  return /^(?:api|v\d)$/i.test(segment) ? 0.1 : 1
}

const longestSegment = 80

/** What the field calls the same thing. */
const meanings: readonly (readonly string[])[] = [
  ['messaging', 'webmessaging', 'webchat', 'chat', 'chats', 'web'],
  ['messages', 'message', 'notifications', 'notification', 'notify', 'sendmessage', 'send', 'push'],
  ['contacts', 'contact', 'guests', 'guest', 'customers', 'customer', 'users', 'externalcontacts'],
  ['conversations', 'conversation', 'threads', 'thread', 'interactions'],
]
const meaningOf = new Map(meanings.flatMap((words, index) => words.map((word) => [word, index] as const)))
const otherWord = 0.3

function difference(part: string, segment: string): number {
  if (part.startsWith('{')) return /\d/.test(segment) ? 0 : 0.9
  const [one, other] = [part.toLowerCase(), segment.slice(0, longestSegment).toLowerCase()]
  if (one === other) return part === segment ? 0 : 0.1
  const meaning = meaningOf.get(one)
  const misspelt = editDistance(one, other) / Math.max(one.length, 4)
  return Math.min(1, misspelt, meaning !== undefined && meaning === meaningOf.get(other) ? otherWord : 1)
}
