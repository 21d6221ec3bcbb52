import { join } from 'node:path'
import { median } from '../statistics.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { FilledLog } from './filled.ts'
import type { LayoutName } from './layouts.ts'
import { layoutNamed } from './layouts.ts'
import { createMessageSource } from './messages.ts'
import { createWorkerWriter } from './worker-writer.ts'
import type { NewMessage, Pragmas } from './writer.ts'
import { DEFAULT_PRAGMAS, createWriter } from './writer.ts'

export interface Variant {
  readonly name: string
  readonly batch: number
  readonly run: (messages: number) => Promise<CommitFigures>
}

export interface CommitFigures {
  readonly messagesPerSecond: number
  /** CPU of this whole process, worker included. */
  readonly cpuMicros: number
  /** CPU of the event loop's own thread: what is taken from sockets and HTTP. */
  readonly mainMicros: number
  readonly commitMicros: number
}

export interface Journal {
  readonly label: string
  readonly pragmas: Pragmas
  /** So many pages of journal are written once before the run, as in a server that has run for a while. */
  readonly preallocatedPages?: number
}

const CONVERSATIONS = 1000
const DEFAULT_JOURNAL: Journal = { label: '', pragmas: DEFAULT_PRAGMAS }

export function onMainThread(name: LayoutName, batch: number, journal = DEFAULT_JOURNAL): Variant {
  const { label, pragmas, preallocatedPages = 0 } = journal
  return { name: `${name}${label}`, batch, run: async (messages) => {
    const source = createMessageSource(CONVERSATIONS)
    using folder = temporaryFolder()
    using writer = createWriter(join(folder.path, 'bench.db'), layoutNamed(name), source.conversations, pragmas)
    if (preallocatedPages > 0) preallocate(writer.database, preallocatedPages, pragmas)
    return await timeCommits(source.next(messages), batch, async (part) => { writer.commit(part) })
  } }
}

export function onWorker(layout: LayoutName, batch: number): Variant {
  return { name: `${layout} in a worker`, batch, run: async (messages) => {
    const source = createMessageSource(CONVERSATIONS)
    using folder = temporaryFolder()
    await using writer = await createWorkerWriter({
      path: join(folder.path, 'bench.db'), layout, conversations: source.conversations, pragmas: DEFAULT_PRAGMAS,
    })
    return await timeCommits(source.next(messages), batch, (part) => writer.commit(part))
  } }
}

export function onFilledLog(name: string, batch: number, { source, writer }: FilledLog): Variant {
  return { name, batch, run: (messages) => timeCommits(source.next(messages), batch, async (part) => { writer.commit(part) }) }
}

/** Grows the journal once, and lets the next commits overwrite it from its start. */
function preallocate(database: { exec(sql: string): void }, pages: number, pragmas: Pragmas): void {
  database.exec(`PRAGMA wal_autocheckpoint = 0; CREATE TABLE filler (data BLOB);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${pages}) INSERT INTO filler SELECT zeroblob(${pragmas.pageSize - 200}) FROM n;
    DROP TABLE filler; PRAGMA wal_checkpoint(RESTART); PRAGMA wal_autocheckpoint = ${pragmas.autocheckpointPages}`)
}

async function timeCommits(messages: readonly NewMessage[], batch: number, commit: (part: readonly NewMessage[]) => Promise<void>): Promise<CommitFigures> {
  const parts = Array.from({ length: Math.floor(messages.length / batch) }, (_, index) => messages.slice(index * batch, (index + 1) * batch))
  const commits: number[] = []
  const cpuBefore = process.cpuUsage()
  const mainBefore = process.threadCpuUsage()
  const start = performance.now()
  for (const part of parts) {
    const before = performance.now()
    await commit(part)
    commits.push(performance.now() - before)
  }
  const seconds = (performance.now() - start) / 1000
  const cpu = process.cpuUsage(cpuBefore)
  const main = process.threadCpuUsage(mainBefore)
  const count = parts.length * batch
  return {
    messagesPerSecond: count / seconds,
    cpuMicros: (cpu.user + cpu.system) / count,
    mainMicros: (main.user + main.system) / count,
    commitMicros: median(commits) * 1000,
  }
}
