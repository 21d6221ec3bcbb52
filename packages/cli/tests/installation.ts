import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ChildProcess } from 'node:child_process'

/** What one run of `beckon` left behind. */
export interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A `beckon` that keeps running until it is told to stop. */
export interface LongRun {
  readonly process: ChildProcess
  /** The next line of standard output. */
  readonly line: () => Promise<string>
  readonly ended: Promise<Run>
}

/** A folder in which `beckon` is used as a person uses it: the real program, in a process of its own. */
export interface Installation extends AsyncDisposable {
  readonly dataDir: string
  readonly beckon: (...words: readonly string[]) => Promise<Run>
  readonly launch: (...words: readonly string[]) => LongRun
}

/** What `npx beckon` runs. */
export const program = join(import.meta.dirname, '../src/main.ts')

/** `more` is added to an environment that says nothing else about Beckon. */
export async function install(more: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-cli-'))
  const env = { PATH: process.env['PATH'] ?? '', BECKON_DATA_DIR: dataDir, BECKON_PORT: '0', ...more }
  const running = new Set<LongRun>()

  function launch(...words: readonly string[]): LongRun {
    const child = spawn(process.execPath, [program, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdin.end()
    const run = follow(child)
    running.add(run)
    void run.ended.then(() => running.delete(run))
    return run
  }

  return {
    dataDir,
    launch,
    beckon: (...words) => launch(...words).ended,
    [Symbol.asyncDispose]: async () => {
      const all = [...running]
      for (const { process } of all) process.kill('SIGKILL')
      await Promise.all(all.map(({ ended }) => ended))
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Follows a process from its first line to its end. */
function follow(child: ReturnType<typeof spawn>): LongRun {
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  let err = ''
  const out: string[] = []
  child.stderr?.on('data', (chunk) => (err += String(chunk)))
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      out.push(line)
      const next = waiting.shift()
      if (next === undefined) lines.push(line)
      else next(line)
    })
  }
  const ended = new Promise<Run>((resolve) => child.once('close', (code) => resolve({ code, out: out.join('\n'), err })))
  const line = (): Promise<string> => {
    const present = lines.shift()
    const awaited = new Promise<string>((resolve) => waiting.push(resolve))
    const over = ended.then(() => Promise.reject(new Error(`it ended: ${err}`)))
    over.catch(() => undefined)
    return present === undefined ? Promise.race([awaited, over]) : Promise.resolve(present)
  }
  return { process: child, line, ended }
}
