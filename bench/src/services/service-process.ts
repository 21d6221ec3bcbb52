import type { SpawnOptions } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { must } from '../must.ts'

/** Somebody else's server, in a process of its own. Disposing sends `stopSignal` and waits for the end. */
export interface ServiceProcess extends AsyncDisposable {
  readonly pid: number
}

export interface ServiceCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly options?: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>
  readonly stopSignal?: 'SIGTERM' | 'SIGINT'
}

const STOP_LIMIT_MILLIS = 60_000
const START_LIMIT_MILLIS = 60_000
const OUTPUT_KEPT = 4000

/** Starts a program and waits until it takes connections on its port. What it prints is told only if it ends before that. */
export async function startService(command: ServiceCommand, port: number): Promise<ServiceProcess> {
  const { program, args, options = {}, stopSignal = 'SIGTERM' } = command
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => { output = (output + text).slice(-OUTPUT_KEPT) })
  }
  const killWithUs = (): void => { child.kill('SIGKILL') }
  process.once('exit', killWithUs)
  const deadline = performance.now() + START_LIMIT_MILLIS
  while (!await isListening(port)) {
    if (child.exitCode !== null || performance.now() > deadline) {
      killWithUs()
      throw new Error(`${program} did not start: ${output}`)
    }
    await sleep(20)
  }
  return {
    pid: must(child.pid, `the pid of ${program}`),
    [Symbol.asyncDispose]: async () => {
      child.kill(stopSignal)
      const stubborn = setTimeout(killWithUs, STOP_LIMIT_MILLIS)
      await exited
      clearTimeout(stubborn)
      process.off('exit', killWithUs)
    },
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const { promise, resolve } = Promise.withResolvers<boolean>()
  socket.once('connect', () => { resolve(true) })
  socket.once('error', () => { resolve(false) })
  const answer = await promise
  socket.destroy()
  return answer
}
