import type { ContactId, Need } from '@beckon/core'
import type { Row } from '../../sql/row.ts'
import type { World } from './world.ts'

/** A need, and the contacts that it is known to lead to. */
export interface Asked {
  readonly need: Need
  readonly contactIds: readonly ContactId[]
}

/** One statement of a batch's loading, sent only when something is asked of it. */
export interface Load {
  readonly name: string
  /** Its parameters are arrays of one length, which `unnest` reads side by side. */
  readonly text: string
  /** What is asked for: a tuple for each, the same for the same. */
  readonly ask: (asked: Asked) => readonly (readonly (string | number)[])[]
  readonly take: (world: World, row: Row) => void
}

/** What a need asks for by one column. */
export function by<T extends string>(pick: (need: Need) => T | undefined): Load['ask'] {
  return ({ need }) => {
    const value = pick(need)
    return value === undefined ? [] : [[value]]
  }
}

/** A tuple for each contact, where the need has the wish. */
export function ofContacts(wish: (need: Need) => boolean): Load['ask'] {
  return ({ need, contactIds }) => (wish(need) ? contactIds.map((id) => [id]) : [])
}
