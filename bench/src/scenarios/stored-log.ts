import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from '../load/run-job.ts'
import { runJob } from '../load/run-job.ts'
import { seedLog } from '../seed/seed-log.ts'
import { systemNamed } from '../systems/system-named.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { Contestant, Pace, Scenario } from './scenario.ts'

/** Logs are built once in a run of the bench and serve every round; they go when it ends. */
const seeded = new Map<number, Promise<string>>()
const folders = new DisposableStack()
process.on('exit', () => { folders.dispose() })

const SMALL = 5000

export const lastFiftyScenario: Scenario = {
  name: 'last-fifty',
  title: 'Last 50 entries of a conversation, over REST',
  metrics: [
    { key: 'p50Millis', label: 'p50 ms', digits: 3 },
    { key: 'p99Millis', label: 'p99 ms', digits: 3 },
    { key: 'firstReadsP50Millis', label: 'p50 of first reads, ms', digits: 2 },
    { key: 'entries', label: 'entries', digits: 0 },
    { key: 'megabytes', label: 'MB', digits: 0 },
  ],
  baseline: 'small',
  contestants: [
    { name: 'small', label: 'Beckon, small log', run: (pace) => readFrom(SMALL, pace) },
    { name: 'large', label: 'Beckon, large log', run: (pace) => readFrom(large(pace), pace) },
  ],
}

export const coldStartScenario: Scenario = {
  name: 'cold-start',
  title: 'From starting the process to its ready line',
  metrics: [{ key: 'seconds', label: 'seconds', digits: 2 }, { key: 'entries', label: 'entries', digits: 0 }],
  baseline: 'empty',
  contestants: [emptyStart(), { name: 'large', label: 'Beckon, large log', run: async (pace) => ({ ...await startOn(await seededFolder(large(pace))), entries: large(pace) }) }],
}

/** A quick run makes do with a tenth; the targets, which speak of five million, are not judged by it. */
function large(pace: Pace): number {
  return pace === 'full' ? 5_000_000 : 500_000
}

function emptyStart(): Contestant {
  return {
    name: 'empty', label: 'Beckon, empty', run: async () => {
      using folder = temporaryFolder()
      return { ...await startOn(folder.path), entries: 0 }
    },
  }
}

async function startOn(folder: string): Promise<Figures> {
  await using running = await systemNamed('beckon').start(folder)
  return { seconds: running.startMillis / 1000 }
}

async function readFrom(entries: number, pace: Pace): Promise<Figures> {
  const folder = await seededFolder(entries)
  await using running = await systemNamed('beckon').start(folder)
  const figures = await runJob({ job: 'last-fifty', target: running.target, options: { entries, reads: pace === 'full' ? 5000 : 1000 } })
  return { ...figures, entries, megabytes: statSync(join(folder, 'beckon.db')).size / 1e6 }
}

async function seededFolder(entries: number): Promise<string> {
  const known = seeded.get(entries) ?? seedFolder(entries)
  seeded.set(entries, known)
  return known
}

async function seedFolder(entries: number): Promise<string> {
  console.error(`  storing ${entries.toLocaleString('en-US')} entries`)
  const folder = folders.use(temporaryFolder())
  await seedLog(folder.path, entries)
  return folder.path
}
