import type { Facts } from '../facts.ts'
import type { EventsRead } from '../record.ts'
import type { Violation } from '../violation.ts'

const promise = 'feed'

/** What a reader got, page after page, is the feed from where it began to its end. */
export function feedWhole(facts: Facts): readonly Violation[] {
  const places = new Map(facts.events.map(({ event }, index) => [event.id, index]))
  return [...facts.readers].flatMap(([reader, pages]) => judge(facts, { reader, pages, places }))
}

interface Reading {
  readonly reader: string
  readonly pages: readonly EventsRead[]
  readonly places: ReadonlyMap<string, number>
}

function judge({ events }: Facts, { reader, pages, places }: Reading): readonly Violation[] {
  const [first] = pages
  if (!first) return []
  const found: Violation[] = []
  /** Where the reader should go on; unknown of one who began in the middle, until its first event. */
  let next = first.after === undefined ? 0 : undefined
  for (const page of pages) {
    for (const event of page.events) {
      const place = places.get(event.id)
      const wrong = wrongWith({ place, next }, events)
      if (wrong !== undefined) found.push({ promise, what: `${reader} was told of ${event.type} ${event.id}${wrong}`, proof: [page] })
      next = place === undefined ? next : Math.max(next ?? 0, place + 1)
    }
  }
  const untold = next === undefined ? undefined : events[next]
  if (untold) found.push({ promise, what: `${reader} was never told of ${untold.event.type} ${untold.event.id}`, proof: [pages.at(-1) ?? first, untold] })
  return found
}

function wrongWith({ place, next }: { readonly place: number | undefined; readonly next: number | undefined }, events: Facts['events']): string | undefined {
  if (place === undefined) return ', which is not in the feed'
  if (next === undefined || place === next) return undefined
  const skipped = events[next]?.event
  return place < next ? ' again' : ` and never of ${skipped?.type ?? ''} ${skipped?.id ?? ''}`
}
