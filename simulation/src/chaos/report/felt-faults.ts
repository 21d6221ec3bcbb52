import type { Wish } from '../load/tally.ts'
import type { KindOfFault, Longest, StruckFault } from './report.ts'
import { quantile } from './quantile.ts'

/** What each kind of fault was for those outside. */
export function feltFaults(struck: readonly StruckFault[], wishes: readonly Wish[]): readonly KindOfFault[] {
  const felt = struck.map((fault) => ({ fault, wishes: [] as Wish[] }))
  for (const wish of wishes) felt[causeOf(wish, struck)]?.wishes.push(wish)
  const kinds = [...new Set(struck.map(({ kind }) => kind))].toSorted()
  return kinds.map((kind) => {
    const those = felt.filter(({ fault }) => fault.kind === kind).map((one) => one.wishes)
    return {
      kind,
      count: those.length,
      backend: longest(those, 'backend'),
      guest: longest(those, 'guest'),
      givenUp: those.flat().reduce((sum, { givenUp }) => sum + givenUp, 0),
    }
  })
}

/** The place of the first fault that was there while it was wished for, or else of the last one before it; -1 when there was none yet. */
function causeOf({ from, until }: Wish, struck: readonly StruckFault[]): number {
  const first = struck.findIndex(({ at, recoveredAt }) => at <= until && recoveredAt >= from)
  return first >= 0 ? first : struck.findLastIndex(({ at }) => at <= from)
}

function longest(perFault: readonly (readonly Wish[])[], of: Wish['of']): Longest {
  const each = perFault.map((wishes) => wishes.filter((wish) => wish.of === of).reduce((most, { from, until }) => Math.max(most, until - from), 0))
  return { worst: Math.max(0, ...each), median: each.length === 0 ? 0 : quantile(each, 0.5) }
}
