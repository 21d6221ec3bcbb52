import { spawn, type ChildProcess } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { runProgram, type Ran } from './program.ts'
import { commandLine } from './server-process.ts'

type Environment = Readonly<Record<string, string>>

/** `beckon` with these words, to its end. */
export function beckon(words: readonly string[], env: Environment): Promise<Ran> {
  return runProgram(process.execPath, [commandLine, ...words], env)
}

/** `beckon` with these words, killed outright as soon as one of its lines on standard error says so; undefined when it ended before. */
export async function beckonKilled(words: readonly string[], env: Environment, isMoment: (line: string) => boolean): Promise<Ran | undefined> {
  const child: ChildProcess = spawn(process.execPath, [commandLine, ...words], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, said] = [child.stdout ? text(child.stdout) : '', [] as string[]]
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said.push(piece)
    if (piece.split('\n').some((line) => line !== '' && isMoment(line))) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  return child.signalCode === 'SIGKILL' ? undefined : { code: child.exitCode, stdout: await stdout, stderr: said.join('') }
}
