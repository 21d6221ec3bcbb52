import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { BeckonTarget, Target } from './load/driver.ts'
import { parseJson } from './parse-json.ts'
import type { ServerProcess } from './server-process.ts'
import { startServer } from './server-process.ts'

export type SystemName =
  | 'floor' | 'socket-io' | 'empty-post' | 'beckon'
  | 'beckon-guest-sends' | 'beckon-guest-sends-one-stream' | 'beckon-backend-sends'

export interface System {
  readonly name: SystemName
  readonly label: string
  /** Starts a server of its own on an empty, or seeded, data folder. */
  start(folder: string): Promise<RunningSystem>
}

export interface RunningSystem extends AsyncDisposable {
  readonly target: Target
  readonly startMillis: number
}

/** The same for the whole run, because a seeded folder keeps its client from one start to the next. */
const CLIENT_SECRET = randomBytes(32).toString('base64url')

const PEERS = join(import.meta.dirname, 'peers')
const BECKON = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts')

const SYSTEMS: readonly System[] = [
  peer('floor', 'ws + SQLite group commit (floor)', 'floor.ts'),
  peer('socket-io', 'socket.io + SQLite, naive', 'naive-socket-io.ts'),
  peer('empty-post', 'Fastify, empty POST', 'empty-post.ts'),
  beckon('beckon', 'Beckon', { sender: 'guest', streams: 'each' }),
  beckon('beckon-guest-sends', 'Beckon, guest to backend', { sender: 'guest', streams: 'each' }),
  beckon('beckon-guest-sends-one-stream', 'Beckon, guest to backend, one stream', { sender: 'guest', streams: 'shared' }),
  beckon('beckon-backend-sends', 'Beckon, backend to guest', { sender: 'backend', streams: 'each' }),
]

export function systemNamed(name: SystemName): System {
  const system = SYSTEMS.find((candidate) => candidate.name === name)
  if (system === undefined) throw new Error(`no system ${name}`)
  return system
}

function peer(name: 'floor' | 'socket-io' | 'empty-post', label: string, file: string): System {
  return {
    name, label,
    start: async (folder) => {
      const server = await startServer(join(PEERS, file), [folder], {})
      return running(server, { kind: name, url: server.url, pid: server.pid })
    },
  }
}

function beckon(name: SystemName, label: string, ways: Pick<BeckonTarget, 'sender' | 'streams'>): System {
  return {
    name, label,
    start: async (folder) => {
      const server = await startServer(BECKON, ['serve'], {
        BECKON_PORT: '0',
        BECKON_DATA_DIR: folder,
        BECKON_LOG_LEVEL: 'warn',
        BECKON_RATE_LIMIT: '1000000',
        BECKON_BOOTSTRAP_CLIENT_ID: 'bench',
        BECKON_BOOTSTRAP_CLIENT_SECRET: CLIENT_SECRET,
        BECKON_BOOTSTRAP_DEPLOYMENT_ID: randomUUID(),
      })
      const accessToken = await fetchAccessToken(server.url)
      const deploymentId = await createUnlimitedDeployment(server.url, accessToken)
      return running(server, { kind: 'beckon', url: server.url, pid: server.pid, deploymentId, accessToken, ...ways })
    },
  }
}

function running(server: ServerProcess, target: Target): RunningSystem {
  return { target, startMillis: server.startMillis, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

async function fetchAccessToken(url: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`bench:${CLIENT_SECRET}`).toString('base64')}`
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST', headers: { authorization }, body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return parseJson<{ access_token: string }>(await textOf(answer)).access_token
}

/** A generator is one address with more guests than a shop has in an hour: the limits that protect a shop are lifted. */
async function createUnlimitedDeployment(url: string, accessToken: string): Promise<string> {
  const limits = { messagesPerSecond: 100_000, requestsPerMinute: 1_000_000, configuresPerMinute: 1_000_000, connectionsPerMinute: 1_000_000 }
  const answer = await fetch(`${url}/api/v2/deployments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Bench', allowedDomains: ['*'], limits }),
  })
  return parseJson<{ id: string }>(await textOf(answer)).id
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text}`)
  return text
}
