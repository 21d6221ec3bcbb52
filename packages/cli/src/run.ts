import { exitCodes } from './exit-codes.ts'
import { failureOf } from './failure.ts'
import { inUseFailure } from './in-use.ts'
import { createProgram } from './program.ts'
import type { Context } from './context.ts'
import type { Failure } from './failure.ts'

/** Runs one command line (without the program's own name) and resolves with the exit code. */
export async function run(words: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync(words.length === 0 ? ['--help'] : words, { from: 'user' })
    return exitCodes.done.code
  } catch (error) {
    if (context.stop.aborted && error === context.stop.reason) return exitCodes.done.code
    const failure = (await inUseFailure(error, words, context.env)) ?? failureOf(error)
    if (failure === undefined) return exitCodes.done.code
    report(failure, context, words.includes('--json'))
    return exitCodes[failure.exit].code
  }
}

function report({ exit, message, remedies, problem }: Failure, { terminal }: Context, json: boolean): void {
  const { note, paint } = terminal
  if (json) {
    return note(JSON.stringify({ error: exit, message, remedies, ...(problem === undefined ? {} : { problem }) }))
  }
  note(`${paint.red('beckon:')} ${message}`)
  for (const remedy of remedies) note(`  ${paint.yellow('→')} ${remedy}`)
}
