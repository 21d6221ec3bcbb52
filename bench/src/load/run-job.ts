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

/** What a job that is told of phases says when it begins to measure. */
export const READY = 'ready'

/** What happens to the measured system while a job runs, from when it says that it is ready; the job is told of each phase that begins. */
export type Meanwhile = (tell: (phase: string) => void) => Promise<void>

/** Runs one job in a process of its own, so that the measured server has a core to itself. */
export async function runJob(request: JobRequest, meanwhile?: Meanwhile): Promise<Figures> {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const killWithUs = (): void => { child.kill('SIGKILL') }
  process.once('exit', killWithUs)
  const first = once(child, 'message')
  const ended = rejectAtExit(child)
  const late = setTimeout(() => { child.kill('SIGKILL') }, LONGEST_JOB_MILLIS)
  child.send(JSON.stringify(request))
  try {
    const said: readonly unknown[] = await Promise.race([first, ended])
    if (meanwhile === undefined || said[0] !== READY) return parseJson<Figures>(String(said[0]))
    const answered = once(child, 'message')
    await Promise.race([meanwhile((phase) => { child.send(phase) }), ended])
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
