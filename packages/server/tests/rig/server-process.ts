import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number
  /** Everything it has said so far. */
  readonly said: { stdout: string; stderr: string }
  /** Resolves with the ready line; rejects when the process ends before it. */
  readonly ready: Promise<ReadyLine>
  /** Resolves when it has said so on standard error; rejects when the process ends before. */
  readonly mentioned: (words: string) => Promise<void>
  /** Resolves when the process has ended. */
  readonly ended: Promise<Ending>
  readonly kill: (signal: NodeJS.Signals) => void
}

export interface ReadyLine {
  readonly ready: true
  readonly url: string
  readonly pid: number
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

interface Spawn {
  readonly env: Readonly<Record<string, string>>
  /** What of the program; `start` is what `npm start` runs. */
  readonly command?: 'serve' | 'demo' | 'start'
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
export const commandLine = `${root}packages/cli/src/main.ts`

/** The program as a user starts it, in a process of its own, with nothing but the given environment. */
export function spawnServer({ env, command = 'serve' }: Spawn): ServerProcess {
  const words = command === 'start' ? [`${root}scripts/start.mjs`] : [commandLine, command]
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ended = once(child, 'close').then((): Ending => ({ code: child.exitCode, signal: child.signalCode }))
  const killWithTests = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithTests)
  void ended.then(() => process.off('exit', killWithTests))
  const untilSaid = async <T>(stream: Readable, find: () => T | undefined): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const look = (): void => {
      const found = find()
      if (found !== undefined) resolve(found)
    }
    stream.on('data', look)
    look()
    void ended.then(({ code, signal }) => reject(new Error(`ended before it said what was waited for (${code ?? signal}): ${said.stderr}`)))
    return promise.finally(() => stream.off('data', look))
  }
  const ready = untilSaid(child.stdout, () => readyLineIn(said.stdout))
  ready.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    said, ready, ended,
    mentioned: (words) => untilSaid(child.stderr, () => (said.stderr.includes(words) ? true : undefined)).then(() => undefined),
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      // `npm start` passes on what it can hear; killed outright, it would leave the server behind.
      child.kill(command === 'start' ? 'SIGTERM' : 'SIGKILL')
      await ended
    },
  }
}

/** Starts it and waits until it serves. */
export async function startServerProcess(options: Spawn): Promise<ServerProcess & { readonly url: string }> {
  const server = spawnServer(options)
  const { url } = await server.ready
  return { ...server, url }
}

function readyLineIn(stdout: string): ReadyLine | undefined {
  const line = stdout.split('\n').slice(0, -1).find((one) => one.startsWith('{"ready"'))
  return line === undefined ? undefined : JSON.parse(line)
}
