import { join } from 'node:path'
import { temporaryFolder } from '../temporary-folder.ts'
import type { FilledLog } from './filled.ts'
import { fillLog } from './filled.ts'
import type { LayoutName } from './layouts.ts'
import { LAYOUTS } from './layouts.ts'
import type { Journal, Variant } from './variant.ts'
import { onFilledLog, onMainThread, onWorker } from './variant.ts'
import { DEFAULT_PRAGMAS } from './writer.ts'

/** What is compared with what. A group's makers get the stack that its logs end with, and how many entries a grown log has. */
export type Group = (stack: DisposableStack, grownEntries: number) => readonly Variant[]

const BATCHES = [1, 64, 256]
const LARGE_BATCHES = [64, 256]

const JOURNALS: readonly Journal[] = [
  { label: '', pragmas: DEFAULT_PRAGMAS },
  { label: ', preallocated', pragmas: DEFAULT_PRAGMAS, preallocatedPages: 1000 },
  ...[4000, 10_000].flatMap((autocheckpointPages) => {
    const pragmas = { ...DEFAULT_PRAGMAS, autocheckpointPages }
    const label = `, checkpoint at ${autocheckpointPages} pages`
    return [{ label, pragmas }, { label: `${label}, preallocated`, pragmas, preallocatedPages: autocheckpointPages }]
  }),
  { label: ', pages of 8 KB', pragmas: { ...DEFAULT_PRAGMAS, pageSize: 8192 } },
]

export const GROUPS: Readonly<Record<string, Group>> = {
  layouts: () => LAYOUTS.flatMap(({ name }) => BATCHES.map((batch) => onMainThread(name, batch))),
  threads: () => BATCHES.flatMap((batch) => (['d', 'e'] as const).flatMap((name) => [onMainThread(name, batch), onWorker(name, batch)])),
  journal: () => [1, 64].flatMap((batch) => JOURNALS.map((journal) => onMainThread('d', batch, journal))),
  grown: (stack, entries) => LAYOUTS.flatMap(({ name }) => {
    const log = grownLog(stack, name, entries)
    return LARGE_BATCHES.map((batch) => onFilledLog(name, batch, log))
  }),
  'grown-journal': (stack, entries) => [1000, 4000, 10_000].flatMap((pages) => {
    const log = grownLog(stack, 'd', entries)
    log.writer.database.exec(`PRAGMA wal_autocheckpoint = ${pages}`)
    return LARGE_BATCHES.map((batch) => onFilledLog(`d, checkpoint at ${pages} pages`, batch, log))
  }),
}

function grownLog(stack: DisposableStack, name: LayoutName, entries: number): FilledLog {
  const folder = stack.use(temporaryFolder())
  return stack.use(fillLog(join(folder.path, 'bench.db'), name, entries))
}
