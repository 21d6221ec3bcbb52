import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'

/** A NATS server of a test's own, on the loopback. It keeps nothing, so whatever becomes of it can begin anew. */
export interface NatsServer extends AsyncDisposable {
  /** `nats://127.0.0.1:…`, the same after every start. */
  readonly url: string
  readonly pid: number
  /** SIGTERM by default; SIGKILL ends it without a word to its clients, and SIGSTOP makes it hang. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Starts it where it was, after it was killed. */
  restart(): Promise<void>
}

export interface StartNats {
  /** A user and a password, or a token, that clients must show. */
  readonly credentials?: { readonly user: string; readonly password: string } | { readonly token: string }
  /** Where it listens, when that is not the loopback. */
  readonly address?: string
}

/** Throws when nats-server is not installed, saying what to do. */
export async function startNats({ credentials, address = '127.0.0.1' }: StartNats = {}): Promise<NatsServer> {
  const port = await freePort()
  const flags = ['--addr', address, '--port', String(port), ...flagsOf(credentials)]
  let server = await start(flags)
  // A test run that ends without disposing must not leave a server behind.
  const onExit = (): void => void server.kill('SIGKILL')
  process.on('exit', onExit)
  const kill = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    server.kill(signal)
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await gone(server)
  }
  return {
    url: `nats://${address}:${String(port)}`,
    kill,
    get pid() {
      return server.pid ?? 0
    },
    async restart() {
      await kill('SIGKILL')
      server = await start(flags)
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', onExit)
      await kill('SIGKILL')
    },
  }
}

function flagsOf(credentials: StartNats['credentials']): readonly string[] {
  if (!credentials) return []
  return 'token' in credentials ? ['--auth', credentials.token] : ['--user', credentials.user, '--pass', credentials.password]
}

/** Resolves when it takes connections; rejects with what it said when it ends before. */
async function start(flags: readonly string[]): Promise<ChildProcess> {
  const server = spawn(binary(), flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface(server.stderr).on('line', (line) => {
      if (said.length < 100) said.push(line)
      if (line.includes('Server is ready')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`nats-server ended with ${String(code)} before it was ready:\n${said.join('\n')}`)))
  })
  return server
}

async function gone(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
}

function binary(): string {
  // oxlint-disable-next-line no-restricted-properties -- where the services of a test run are is told by its environment (scripts/setup/services.mjs)
  const places = [process.env['BECKON_TEST_NATS'], '/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server']
  const found = places.find((place) => place !== undefined && place !== '' && existsSync(place))
  if (found === undefined) throw new Error('There is no nats-server: install the package nats-server, or set BECKON_TEST_NATS to its executable.')
  return found
}
