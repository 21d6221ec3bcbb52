import type { QueryResult } from 'pg'
import type { Statement } from '../connect.ts'
import type { Row } from '../../sql/row.ts'
import { holdsNul } from '../../sql/holds-nul.ts'
import type { Asked, Load } from './asked.ts'
import { peopleLoads, threadLoads } from './load-people.ts'
import { namedLoads, pendingLoads } from './load-records.ts'
import { createWorld, pendingList, type World } from './world.ts'

export const loads: readonly Load[] = [...peopleLoads, ...threadLoads, ...namedLoads, ...pendingLoads]

/** The statements that look up what a batch asks for, and how their answers, in the same order, are read. */
export interface Loading {
  readonly statements: readonly Statement[]
  readonly read: (answers: readonly Pick<QueryResult<Row>, 'rows'>[]) => World
}

/** One statement for all that is asked of one kind, and none where nothing is. */
export function loading(asked: readonly Asked[]): Loading {
  const asking = loads.flatMap((load) => {
    const values = columnsOf(asked.flatMap((one) => load.ask(one)))
    return values ? [{ load, values }] : []
  })
  return {
    statements: asking.map(({ load: { name, text }, values }) => ({ name, text, values })),
    read(answers) {
      const world = createWorld()
      for (const { need: { pendingMessages }, contactIds } of asked) if (pendingMessages) for (const id of contactIds) pendingList(world, id, pendingMessages)
      for (const [index, { load }] of asking.entries()) for (const row of answers[index]?.rows ?? []) load.take(world, row)
      return world
    },
  }
}

/** Tuples as columns, each tuple once, and none with NUL: nothing is stored under it, and the engine would refuse the neighbours as well. */
function columnsOf(tuples: readonly (readonly (string | number)[])[]): readonly (readonly (string | number)[])[] | undefined {
  const once = [...new Map(tuples.filter((tuple) => !tuple.some(holdsNul)).map((tuple) => [tuple.join('\n'), tuple])).values()]
  return once[0]?.map((_, column) => once.map((tuple) => tuple[column] ?? ''))
}
