import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseJson } from '../parse-json.ts'
import type { Target } from './driver.ts'

export type Figures = Readonly<Record<string, number>>
export type JobOptions = Readonly<Record<string, number>>
export type Job = (target: Target, options: JobOptions) => Promise<Figures>

export interface JobRequest {
  readonly job: string
  readonly target: Target
  readonly options: JobOptions
}

const LONGEST_JOB_MILLIS = 180_000

/** Runs one job in a process of its own, so that the measured server has a core to itself. */
export async function runJob(request: JobRequest): Promise<Figures> {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const killWithUs = (): void => { child.kill('SIGKILL') }
  process.once('exit', killWithUs)
  const answered = once(child, 'message')
  const ended = rejectAtExit(child)
  const late = setTimeout(() => { child.kill('SIGKILL') }, LONGEST_JOB_MILLIS)
  child.send(JSON.stringify(request))
  try {
    const answer: readonly unknown[] = await Promise.race([answered, ended])
    return parseJson<Figures>(String(answer[0]))
  } finally {
    clearTimeout(late)
    ended.catch(() => {})
    child.kill()
    process.off('exit', killWithUs)
  }
}

async function rejectAtExit(child: ChildProcess): Promise<never> {
  const exit: readonly unknown[] = await once(child, 'exit')
  throw new Error(`the load generator ended early with ${String(exit[0])}`)
}
