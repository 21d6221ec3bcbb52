import { execFileSync } from 'node:child_process'
import type { ConversationRef, LayoutName } from './layouts.ts'
import { layoutNamed } from './layouts.ts'
import type { MessageSource } from './messages.ts'
import { createMessageSource } from './messages.ts'
import type { Pragmas, Writer } from './writer.ts'
import { DEFAULT_PRAGMAS, createWriter, must, openDatabase } from './writer.ts'

const ENTRIES_PER_CONVERSATION = 50
const CONCURRENT_CONVERSATIONS = 1000
const FILL_BATCH = 5000

export interface FilledLog extends Disposable {
  readonly writer: Writer
  readonly source: MessageSource
}

/** A log as a server grows it: conversations of 50 entries, a thousand of them interleaved at any time. */
export function fillLog(path: string, name: LayoutName, entries: number): FilledLog {
  const conversationCount = entries / ENTRIES_PER_CONVERSATION
  const source = createMessageSource(conversationCount)
  const writer = createWriter(path, layoutNamed(name), source.conversations, DEFAULT_PRAGMAS)
  writer.database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000')
  const window = Math.min(CONCURRENT_CONVERSATIONS, conversationCount)
  for (let done = 0; done < entries; done += FILL_BATCH) {
    const oldest = Math.floor(done / ENTRIES_PER_CONVERSATION)
    writer.fill(source.next(FILL_BATCH, (random) => (oldest + Math.floor(random() * window)) % conversationCount))
  }
  writer.database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_checkpoint(TRUNCATE)')
  return { writer, source, [Symbol.dispose]: () => { writer[Symbol.dispose]() } }
}

export interface ReadTimes {
  /** With SQLite's default page cache of 2 MB. */
  readonly warmMicros: number
  /** With 64 MB, which hold the pages of every conversation read. */
  readonly warmLargeCacheMicros: number
  readonly coldMicros: number
}

/** Median time of reading the last 50 entries: of conversations read before, and with neither SQLite nor the kernel holding a page. */
export function timeReads(path: string, name: LayoutName, conversations: readonly ConversationRef[], random: () => number): ReadTimes {
  const cold = Array.from({ length: 40 }, () => timeColdRead(path, name, pick(conversations, random)))
  const few = Array.from({ length: 100 }, () => pick(conversations, random))
  return {
    coldMicros: medianMicros(cold),
    warmMicros: medianMicros(timeWarmReads(path, name, few, DEFAULT_PRAGMAS)),
    warmLargeCacheMicros: medianMicros(timeWarmReads(path, name, few, { ...DEFAULT_PRAGMAS, extra: 'PRAGMA cache_size = -65536' })),
  }
}

function timeWarmReads(path: string, name: LayoutName, conversations: readonly ConversationRef[], pragmas: Pragmas): readonly number[] {
  using database = openDatabase(path, pragmas)
  const layout = layoutNamed(name)
  const read = database.prepare(layout.readLast50)
  const times: number[] = []
  for (let round = 0; round < 20; round += 1) {
    for (const conversation of conversations) {
      const start = performance.now()
      read.all(layout.conversationKey(conversation))
      times.push(performance.now() - start)
    }
  }
  return times.slice(2 * conversations.length)
}

function timeColdRead(path: string, name: LayoutName, conversation: ConversationRef): number {
  using database = openDatabase(path, DEFAULT_PRAGMAS)
  const layout = layoutNamed(name)
  const read = database.prepare(layout.readLast50)
  evict(path)
  const start = performance.now()
  read.all(layout.conversationKey(conversation))
  return performance.now() - start
}

/** `dd … nocache` with nothing to copy asks the kernel to drop its cached pages of this one file. */
function evict(path: string): void {
  execFileSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'status=none'])
}

function pick<T>(values: readonly T[], random: () => number): T {
  return must(values[Math.floor(random() * values.length)])
}

function medianMicros(values: readonly number[]): number {
  return Math.round((values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN) * 1000)
}
