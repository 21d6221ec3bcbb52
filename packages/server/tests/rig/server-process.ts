import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number
  /** Everything it has said so far. */
  readonly said: { stdout: string; stderr: string }
  /** Resolves with the ready line; rejects when the process ends before it. */
  readonly ready: Promise<ReadyLine>
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
  const ready = untilReady(child, said, ended)
  ready.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    said, ready, ended,
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

function untilReady(child: ChildProcess, said: ServerProcess['said'], ended: Promise<Ending>): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const line = said.stdout.split('\n').find((one) => one.startsWith('{"ready"'))
      if (line !== undefined && said.stdout.includes(`${line}\n`)) resolve(JSON.parse(line))
    })
    ended.then(({ code, signal }) => reject(new Error(`ended before it was ready (${code ?? signal}): ${said.stderr}`)), reject)
  })
}
