import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillLog, timeReads } from './layout/filled.ts'
import { GROUPS } from './layout/groups.ts'
import type { LayoutName } from './layout/layouts.ts'
import { seededRandom } from './layout/messages.ts'
import type { CommitFigures, Variant } from './layout/variant.ts'
import { median } from './statistics.ts'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * Which table layout, which thread, which journal: `node bench/src/sqlite-layout.ts [--quick] [group…]` (ADR 0011).
 * Every round runs every variant once, in turn, so that a noisy minute hurts all of them alike.
 */

const READ_LAYOUTS: readonly LayoutName[] = ['a', 'b', 'c', 'd', 'e', 'd-blob']
const LARGEST_READ_LAYOUTS: readonly LayoutName[] = ['c', 'd', 'e']
const LARGEST = 5_000_000

const args = process.argv.slice(2)
const isQuick = args.includes('--quick')
const named = args.filter((argument) => !argument.startsWith('--'))
const report: Record<string, unknown> = {}
const results = join(import.meta.dirname, '..', 'results')
mkdirSync(results, { recursive: true })
for (const name of named.length > 0 ? named : [...Object.keys(GROUPS), 'reads']) {
  report[name] = name === 'reads' ? measureReads() : await measureGroup(name)
}
writeFileSync(join(results, 'sqlite-layout.json'), `${JSON.stringify(report, null, 2)}\n`)

async function measureGroup(name: string): Promise<unknown> {
  const group = GROUPS[name]
  if (group === undefined) throw new Error(`no group ${name}: ${Object.keys(GROUPS).join(' ')} reads`)
  using stack = new DisposableStack()
  const variants = group(stack, isQuick ? 100_000 : 1_000_000)
  const rounds = isQuick ? 3 : 5
  const runs = new Map<Variant, CommitFigures[]>(variants.map((variant) => [variant, []]))
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`${name}: round ${round} of ${rounds}`)
    for (const [variant, figures] of runs) figures.push(await variant.run(messagesFor(variant.batch)))
  }
  const rows = [...runs].map(([variant, figures]) => row(variant, figures)).toSorted((left, right) => left.batch - right.batch)
  console.table(rows)
  return rows
}

function messagesFor(batch: number): number {
  const full = batch === 1 ? 1500 : 24_576
  return isQuick ? full / 2 : full
}

interface CommitRow extends CommitFigures {
  readonly name: string
  readonly batch: number
}

function row({ name, batch }: Variant, figures: readonly CommitFigures[]): CommitRow {
  const mid = (key: keyof CommitFigures, digits: number): number => Number(median(figures.map((figure) => figure[key])).toFixed(digits))
  return { name, batch, messagesPerSecond: mid('messagesPerSecond', 0), cpuMicros: mid('cpuMicros', 1), mainMicros: mid('mainMicros', 1), commitMicros: mid('commitMicros', 0) }
}

function measureReads(): unknown {
  const sizes = isQuick ? [5000, LARGEST / 50] : [5000, LARGEST / 5, LARGEST]
  const rows = sizes.flatMap((entries) => (entries === LARGEST ? LARGEST_READ_LAYOUTS : READ_LAYOUTS).map((name) => {
    console.error(`reads: ${name} with ${entries} entries`)
    using folder = temporaryFolder()
    const path = join(folder.path, 'bench.db')
    const { writer, source } = fillLog(path, name, entries)
    writer[Symbol.dispose]()
    return { name, entries, megabytes: Math.round(statSync(path).size / 1e6), ...timeReads(path, name, source.conversations, seededRandom(7)) }
  }))
  console.table(rows)
  return rows
}
