import { toId, type Id } from '../domain/ids.ts'
import type { IdSource } from '../ports/id-source.ts'

/** Ids shaped like UUIDv7 that count from one: the same run makes the same ids, and later ones sort later. */
export function createSequenceIds(): IdSource {
  let count = 0
  return {
    next<Noun extends string>(): Id<Noun> {
      count += 1
      return toId<Noun>(`00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`)
    },
  }
}
