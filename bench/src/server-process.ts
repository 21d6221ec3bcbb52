import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { must } from './must.ts'
import { parseJson } from './parse-json.ts'

export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** From the start of the process to its ready line. */
  readonly startMillis: number
}

interface ReadyLine {
  readonly ready?: boolean
  readonly url?: string
}

const READY_LIMIT_MILLIS = 60_000

/** Starts a Node program and waits for its line `{"ready":true,"url":…}`; disposing sends SIGTERM and waits for the end. */
export async function startServer(file: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const start = performance.now()
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const killWithUs = (): void => { child.kill('SIGKILL') }
  process.once('exit', killWithUs)
  const lines = createInterface({ input: child.stdout })
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => { reject(new Error(`${file} was not ready in time`)) }, READY_LIMIT_MILLIS)
    child.once('exit', (code) => { reject(new Error(`${file} ended with ${String(code)} before it was ready`)) })
    lines.on('line', (line) => {
      const ready = line.startsWith('{"ready"') ? parseJson<ReadyLine>(line) : {}
      if (ready.url === undefined) return
      clearTimeout(late)
      resolve(ready.url)
    })
  })
  return {
    url,
    pid: must(child.pid, 'the pid of a running server'),
    startMillis: performance.now() - start,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      const stubborn = setTimeout(() => { child.kill('SIGKILL') }, 15_000)
      await exited
      clearTimeout(stubborn)
      process.off('exit', killWithUs)
    },
  }
}
