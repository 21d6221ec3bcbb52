import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BeckonTarget, MeasuredProcess } from '../load/driver.ts'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import type { ServerProcess } from '../server-process.ts'
import { startServer } from '../server-process.ts'
import { startNats } from '../services/nats.ts'
import { startPostgres } from '../services/postgres.ts'
import type { System } from './system.ts'

export type Ways = Pick<BeckonTarget, 'sender' | 'streams'>

/** What stands behind the nodes: nothing but a folder, or PostgreSQL, with or without NATS between them. */
export interface Shape {
  readonly store: 'sqlite' | 'postgres'
  readonly nodes: number
  readonly withNats: boolean
  /** Each node has a database of its own, and knows of no other. */
  readonly areStrangers?: boolean
}

const EMBEDDED: Shape = { store: 'sqlite', nodes: 1, withNats: false }

/** The same for the whole run, because a seeded folder keeps its client from one start to the next. */
const CLIENT_SECRET = randomBytes(32).toString('base64url')
/** Nodes of one installation know each other by it. */
const SECRET_KEY = randomBytes(32).toString('base64')
const databaseOf = (number: number, { areStrangers = false }: Shape): string => (areStrangers ? `beckon_${number}` : 'beckon')
const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'packages', 'cli', 'src', 'main.ts')

export function beckon<const Name extends string>(name: Name, label: string, { shape = EMBEDDED, ...ways }: Ways & { readonly shape?: Shape }): System<Name> {
  return {
    name, label,
    start: async (folder) => {
      await using started = new AsyncDisposableStack()
      const services = await startServices(folder, shape, started)
      const nodes = await startNodes(folder, { shape, ways, ...services }, started)
      const running = started.move()
      return { ...nodes, [Symbol.asyncDispose]: () => running.disposeAsync() }
    },
  }
}

type Environment = Readonly<Record<string, string>>

interface Services {
  readonly environmentOf: (node: number) => Environment
  readonly processes: readonly MeasuredProcess[]
}

async function startServices(folder: string, shape: Shape, started: AsyncDisposableStack): Promise<Services> {
  if (shape.store === 'sqlite') return { environmentOf: () => ({}), processes: [] }
  const postgres = started.use(await startPostgres(folder))
  for (const database of new Set(numbersOf(shape).map((number) => databaseOf(number, shape)))) await postgres.createDatabase(database)
  const environmentOf = (number: number): Environment => ({ BECKON_DATABASE_URL: postgres.urlOf(databaseOf(number, shape)), BECKON_ATTACHMENTS_URL: `file://${folder}/files` })
  const processes: MeasuredProcess[] = [{ part: 'postgres', pid: postgres.pid }]
  if (!shape.withNats) return { environmentOf, processes }
  const nats = started.use(await startNats(folder, false))
  const natsUrl = `nats://127.0.0.1:${nats.port}`
  return { environmentOf: (number) => ({ ...environmentOf(number), BECKON_NATS_URL: natsUrl }), processes: [...processes, { part: 'nats', pid: nats.pid }] }
}

function numbersOf({ nodes }: Shape): readonly number[] {
  return Array.from({ length: nodes }, (_, index) => index + 1)
}

interface NodesPlan extends Services {
  readonly shape: Shape
  readonly ways: Ways
}

async function startNodes(folder: string, { shape, ways, environmentOf, processes }: NodesPlan, started: AsyncDisposableStack) {
  const nodes: ServerProcess[] = []
  started.defer(async () => { await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]())) })
  for (const number of numbersOf(shape)) nodes.push(await startNode(nodeFolder(folder, shape, number), environmentOf(number)))
  const first = must(nodes[0], 'the first node')
  const own = await settleIn(first)
  const others = shape.areStrangers === true ? await Promise.all(nodes.slice(1).map(settleIn)) : undefined
  const target: BeckonTarget = {
    kind: 'beckon',
    urls: nodes.map(({ url }) => url),
    processes: [...nodes.map(({ pid }): MeasuredProcess => ({ part: 'node', pid })), ...processes],
    ...own,
    ...(others ? { strangers: [own, ...others] } : {}),
    ...ways,
  }
  const restartNodes = async (): Promise<void> => {
    for (const [at, node] of nodes.entries()) {
      await node[Symbol.asyncDispose]()
      nodes[at] = await startNode(nodeFolder(folder, shape, at + 1), environmentOf(at + 1), new URL(node.url).port)
    }
  }
  return { target, startMillis: first.startMillis, restartNodes }
}

async function settleIn({ url }: ServerProcess): Promise<Pick<BeckonTarget, 'deploymentId' | 'accessToken'>> {
  const accessToken = await fetchAccessToken(url)
  return { accessToken, deploymentId: await createUnlimitedDeployment(url, accessToken) }
}

/** One node of Beckon on a free port, or on the port it had before. */
export function startNode(folder: string, environment: Environment, port = '0') {
  return startServer(PROGRAM, ['serve'], {
    BECKON_PORT: port,
    BECKON_DATA_DIR: folder,
    BECKON_LOG_LEVEL: 'error',
    BECKON_RATE_LIMIT: '1000000',
    BECKON_SECRET_KEY: SECRET_KEY,
    BECKON_BOOTSTRAP_CLIENT_ID: 'bench',
    BECKON_BOOTSTRAP_CLIENT_SECRET: CLIENT_SECRET,
    BECKON_BOOTSTRAP_DEPLOYMENT_ID: randomUUID(),
    ...environment,
  })
}

/** The embedded store is the folder itself; nodes on PostgreSQL have one each. */
function nodeFolder(folder: string, { store }: Shape, number: number): string {
  if (store === 'sqlite') return folder
  const path = join(folder, `node-${number}`)
  mkdirSync(path, { recursive: true })
  return path
}

export async function fetchAccessToken(url: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`bench:${CLIENT_SECRET}`).toString('base64')}`
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST', headers: { authorization }, body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return parseJson<{ access_token: string }>(await textOf(answer)).access_token
}

/** A generator is one address with more guests than a shop has in an hour: the limits that protect a shop are lifted. */
export async function createUnlimitedDeployment(url: string, accessToken: string): Promise<string> {
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
