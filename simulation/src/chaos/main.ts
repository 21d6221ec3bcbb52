import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { serializeHistory } from '../history/lines.ts'
import type { HistoryRecord } from '../history/record.ts'
import { parseOptions, replayCommand, type ChaosOptions } from './options.ts'
import { renderReport } from './report/render.ts'
import { runChaos } from './run-chaos.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args, Date.now() % 1_000_000)
    if (!('says' in options)) return await run(options)
    const { says, exitCode } = options
    if (exitCode === 0) console.log(says)
    else console.error(says)
    return exitCode
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

async function run(options: ChaosOptions): Promise<number> {
  try {
    const report = await runChaos(options, (line) => console.log(line))
    console.log(`\n${renderReport(report)}`)
    const isProved = report.violations.length === 0
    const file = options.history ?? (isProved ? undefined : join(tmpdir(), `beckon-chaos-${options.seed}.jsonl`))
    if (file !== undefined) await keep(report.history, file)
    return isProved ? 0 : 1
  } catch (error) {
    console.error(`again with: ${replayCommand(options)}`)
    throw error
  }
}

async function keep(history: readonly HistoryRecord[], file: string): Promise<void> {
  await pipeline(lines(history), createWriteStream(file))
  console.log(`the whole history is in ${file}`)
}

function* lines(history: readonly HistoryRecord[]): Generator<string> {
  for (const record of history) yield serializeHistory([record])
}
