import type { Committed, Hint, Span } from '@beckon/core'
import { hashesOf, interestIn, subjectsOf, subjectsOfTyping, type Interest, type Subject } from './audience.ts'
import type { Exchange } from './exchange.ts'
import type { NodePresence } from './node-presence.ts'

/**
 * Says to each other node what concerns somebody there. Of the rest of what was committed it is told the places in the feed, which it
 * then need not read, and hashes of what they are about: for whoever attends to that since this node heard of it last (ADR 0040).
 *
 * Naive: everything to all, which costs each node as much for what others write as for a third of what it writes itself.
 */
export function say(exchange: Exchange, presence: Pick<NodePresence, 'others'>, hint: Hint): void {
  switch (hint.kind) {
    case 'access-changed': return void exchange.say({ kind: 'hint', hint })
    case 'typing': {
      const subjects = subjectsOfTyping(hint.typing)
      const to = [...presence.others()].filter(({ roll }) => interestIn(subjects, roll) !== 'none').map(({ name }) => name)
      if (to.length > 0) exchange.say({ kind: 'hint', hint }, to)
      return
    }
    case 'committed': sayCommitted(exchange, presence, hint.batch)
  }
}

interface Told {
  readonly committed: Committed
  readonly subjects: readonly Subject[]
}

function sayCommitted(exchange: Exchange, presence: Pick<NodePresence, 'others'>, batch: readonly Committed[]): void {
  const all = batch.map((committed): Told => ({ committed, subjects: subjectsOf(committed) }))
  const span = spanOf(batch)
  for (const { told, left, isBare, to } of shares(all, presence)) {
    const said = [...told, ...soonest(left)]
    if (said.length === 0 && !span) continue
    const message = {
      kind: 'hint',
      hint: { kind: 'committed', batch: said, ...(span ? { span } : {}) },
      ...(isBare ? { isBare } : {}),
      ...(left.length > 0 ? { without: hashesOf(left.flatMap(({ subjects }) => subjects)) } : {}),
    } as const
    // What is too long, or too much for now, is told in a word: where it is in the feed.
    const { unheard } = exchange.say(message, to)
    if (unheard.length > 0 && span) exchange.say({ kind: 'wake', ...span }, unheard)
  }
}

interface Share {
  readonly told: readonly Committed[]
  /** Whether some of it lacks what became of threads and sessions. */
  readonly isBare: boolean
  readonly left: readonly Told[]
  readonly to: string[]
}

/** Nodes that are to hear the same hear it together. */
function shares(all: readonly Told[], presence: Pick<NodePresence, 'others'>): Iterable<Share> {
  const byInterests = new Map<string, Share>()
  for (const { name, roll } of presence.others()) {
    const interests = all.map(({ committed, subjects }) => (isUnrepaired(committed) ? 'all' : interestIn(subjects, roll)))
    const key = interests.join(' ')
    const share = byInterests.get(key) ?? shareOf(all, interests)
    share.to.push(name)
    byInterests.set(key, share)
  }
  return byInterests.values()
}

function shareOf(all: readonly Told[], interests: readonly Interest[]): Share {
  return {
    told: all.flatMap(({ committed }, index) => (interests[index] === 'none' ? [] : [interests[index] === 'log' ? bare(committed) : committed])),
    isBare: interests.includes('log'),
    left: all.filter((_, index) => interests[index] === 'none'),
    to: [],
  }
}

/** What became of thread and session is for sockets; where contacts become one, it says whose. */
function bare(committed: Committed): Committed {
  return committed.mergedFrom === undefined ? { ...committed, conversations: [], sessions: [] } : committed
}

/** What has no event is not found in the feed by whoever is not told: it is told to all. */
function isUnrepaired({ events, conversations, sessions, attachments = [] }: Committed): boolean {
  return events.length === 0 && conversations.length + sessions.length + attachments.length > 0
}

/** Whoever keeps appointments may sleep until then, wherever they are. */
function soonest(left: readonly Told[]): readonly Committed[] {
  const [dueAt] = left.flatMap(({ committed }) => committed.dueAt ?? []).toSorted((one, other) => one - other)
  return dueAt === undefined ? [] : [{ entries: [], conversations: [], sessions: [], events: [], dueAt }]
}

/** The places that a batch takes in the feed, which are its alone; undefined where it has none. */
function spanOf(batch: readonly Committed[]): Span | undefined {
  const positions = batch.flatMap(({ events }) => events.map(({ position }) => position))
  const [from, to] = [Math.min(...positions), Math.max(...positions)]
  return positions.length > 0 && to - from + 1 === positions.length ? { from, to } : undefined
}
