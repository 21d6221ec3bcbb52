import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { serializeHistory } from '../history/lines.ts'
import type { HistoryRecord } from '../history/record.ts'
import { parseOptions, replayCommand } from './options.ts'
import { renderReport } from './report/render.ts'
import { runChaos } from './run-chaos.ts'

const options = parseOptions(process.argv.slice(2), Date.now() % 1_000_000)
try {
  const report = await runChaos(options, (line) => console.log(line))
  console.log(`\n${renderReport(report)}`)
  const isProved = report.violations.length === 0
  const file = options.history ?? (isProved ? undefined : join(tmpdir(), `beckon-chaos-${options.seed}.jsonl`))
  if (file !== undefined) await keep(report.history, file)
  process.exitCode = isProved ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(`again with: ${replayCommand(options)}`)
  process.exitCode = 2
}

async function keep(history: readonly HistoryRecord[], file: string): Promise<void> {
  await pipeline(lines(history), createWriteStream(file))
  console.log(`the whole history is in ${file}`)
}

function* lines(history: readonly HistoryRecord[]): Generator<string> {
  for (const record of history) yield serializeHistory([record])
}
