import type { Committed, Span, TellableEvent } from '@beckon/core'

/** All that concerns anybody here of the events from one place of the log to another. */
interface Stretch extends Span {
  readonly events: readonly TellableEvent[]
}

/** Stretches that wait for what lies before them. */
export interface Held {
  put(stretches: readonly Stretch[]): void
  /** What follows a place without a gap, and where that ends. */
  takeAfter(place: number): { readonly events: readonly TellableEvent[]; readonly end: number }
  clear(): void
}

/** Stretches, and events in them. Beyond that they are forgotten, and read. */
const mostHeld = 20_000

export function createHeld(): Held {
  let held: readonly Stretch[] = []
  return {
    put(stretches) {
      held = joined([...held, ...stretches])
      if (held.reduce((count, { events }) => count + events.length, held.length) > mostHeld) held = []
    },
    takeAfter(place) {
      const taken: TellableEvent[] = []
      let end = place
      for (;;) {
        held = held.filter(({ to }) => to > end)
        const next = held.find(({ from }) => from <= end + 1)
        if (!next) return { events: taken, end }
        for (const one of next.events) if (one.event.position > end) taken.push(one)
        end = next.to
      }
    },
    clear() {
      held = []
    },
  }
}

/** What is passed over in a row is one stretch. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const last = stretches.at(-1)
  const before = stretches.at(-2)
  if (!last || before?.to !== last.from - 1 || before.events.length + last.events.length > 0) return stretches
  return [...stretches.slice(0, -2), { from: before.from, to: last.to, events: [] }]
}

/** With a span, the whole of it; else runs of events that follow each other. */
export function stretchesOf(batch: readonly Committed[], span: Span | undefined): readonly Stretch[] {
  const all = batch.flatMap(tellableIn)
  if (span) return [{ ...span, events: all }]
  const runs: { readonly from: number; to: number; readonly events: TellableEvent[] }[] = []
  for (const one of all) {
    const { position } = one.event
    const last = runs.at(-1)
    if (last?.to === position - 1) {
      last.events.push(one)
      last.to = position
    } else {
      runs.push({ from: position, to: position, events: [one] })
    }
  }
  return runs
}

function tellableIn({ events, entries }: Committed): readonly TellableEvent[] {
  return events.map((event) => {
    const about = entries.find(({ entry }) => entry.seq === event.entrySeq && entry.conversationId === event.conversationId)
    return about ? { event, entry: about.entry } : { event }
  })
}
