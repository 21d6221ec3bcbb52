import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from '../until.ts'
import type { LeftBehind } from './left-behind.ts'

/** One server of the installation, at one address for the whole run, however often its process is replaced. */
export interface ServerNode {
  readonly name: string
  readonly url: string
  /** Starts its process; resolves when it serves. From then on it is started again whenever it ends by itself. */
  readonly start: () => Promise<void>
  /** Ends the process for good, or until the next start; resolves with its exit code, undefined when a signal ended it. */
  readonly stop: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | undefined>
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void
  readonly isServing: () => boolean
  /** What it said last, each time that it ended without being told to. */
  readonly endedByItself: () => readonly string[]
  /** The last lines of its log. */
  readonly lastWords: () => string
}

export interface NodeOptions {
  readonly name: string
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  /** Words before the command. */
  readonly within: readonly string[]
  readonly left: LeftBehind
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const commandLine = `${root}packages/cli/src/main.ts`
const startLimitMs = 60_000
const restartPauseMs = 300
const keptCharacters = 20_000

export function createServerNode(options: NodeOptions): ServerNode {
  const { name, url } = options
  const state = { process: undefined as ServerProcess | undefined, isWanted: false, endedByItself: [] as string[], said: '' }

  async function start(): Promise<void> {
    state.isWanted = true
    // What a node needs may be away at the moment; a supervisor would try again too.
    await until(async () => !state.isWanted || startOnce(), { limitMs: startLimitMs, everyMs: restartPauseMs }, () => `${name} to start: ${lastWords()}`)
  }

  async function startOnce(): Promise<boolean> {
    const process = spawnServer(options, (text) => (state.said = (state.said + text).slice(-keptCharacters)))
    state.process = process
    void process.ended.then(() => rise(process))
    return process.ready
  }

  /** A process that had served and ended is replaced; one that never served is `start`'s own business. */
  async function rise(process: ServerProcess): Promise<void> {
    if (!state.isWanted || state.process !== process || !(await process.ready)) return
    state.endedByItself.push(`${name}: ${lastWords()}`)
    await start().catch((error: unknown) => (state.said += String(error)))
  }

  const lastWords = (): string => state.said.split('\n').slice(-15).join('\n')
  return {
    name, url, start, lastWords,
    async stop(signal) {
      state.isWanted = false
      state.process?.child.kill(signal)
      return (await state.process?.ended) ?? undefined
    },
    signal: (signal) => void state.process?.child.kill(signal),
    isServing: () => state.process?.isServing() ?? false,
    endedByItself: () => state.endedByItself,
  }
}

interface ServerProcess {
  readonly child: ChildProcess
  /** False when it ended before it served. */
  readonly ready: Promise<boolean>
  /** With the exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  readonly isServing: () => boolean
}

function spawnServer({ env, within, left }: NodeOptions, heard: (text: string) => void): ServerProcess {
  const [command, ...words] = [...within, process.execPath, commandLine, 'serve']
  const child = spawn(command ?? process.execPath, words, { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const forget = left.note(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close').then(() => {
    forget()
    return child.exitCode
  })
  let isServing = false
  let stdout = ''
  const ready = new Promise<boolean>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (!/^\{"ready".*\n/m.test(stdout)) return
      isServing = true
      resolve(true)
    })
    void ended.then(() => {
      isServing = false
      resolve(false)
    })
  })
  child.stderr?.setEncoding('utf8').on('data', heard)
  return { child, ready, ended, isServing: () => isServing }
}
