import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChaosOptions } from '../options.ts'
import { startEngines, type Engines } from './engines.ts'
import { aFreePort } from './free-port.ts'
import type { LeftBehind } from './left-behind.ts'
import { createNodeClock, lackingForClocks, type NodeClock } from './node-clock.ts'
import { createPrivateNetwork, type PrivateNetwork } from './private-network.ts'
import { createServerNode, type ServerNode } from './server-node.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

/** The whole installation, and the handles by which it can be broken. */
export interface World extends AsyncDisposable {
  readonly nodes: readonly ServerNode[]
  readonly clocks: readonly NodeClock[]
  readonly engines: Engines | undefined
  /** Where the database is: of the engine, or of the one node. Undefined when nothing is to be done to it. */
  readonly disk: SmallDisk | undefined
  readonly network: PrivateNetwork | undefined
  readonly credentials: { readonly clientId: string; readonly clientSecret: string }
}

/** What of the machine the chosen faults need. */
export interface Needs {
  readonly network: boolean
  readonly disk: boolean
  readonly clocks: boolean
}

const credentials = { clientId: 'chaos', clientSecret: 'a secret for the chaos runs' }
/** In a network of its own. */
const portWithin = 8080
const diskMegabytes = { embedded: 64, postgres: 1024 }

export async function startWorld(options: ChaosOptions, needs: Needs, left: LeftBehind): Promise<World> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'beckon-chaos-'))
  // The database's own user must get through.
  chmodSync(folder, 0o755)
  stack.adopt(left.note(() => rmSync(folder, { recursive: true, force: true })), (remove) => remove())
  const disk = needs.disk ? mountSmallDisk(diskMegabytes[options.engine], left) : undefined
  const network = needs.network ? createPrivateNetwork(options.nodes, left) : undefined
  const engines = options.engine === 'embedded' ? undefined : stack.use(await startEngines({ folder: disk?.path ?? folder, network, plant: options.plant }))
  const clocks = Array.from({ length: options.nodes }, (_, node) => createNodeClock(folder, String(node)))
  const ports = await Promise.all(clocks.map(async () => (network === undefined ? aFreePort() : portWithin)))
  const nodes = clocks.map((clock, node) => {
    const address = network?.nodeAddress(node, 'callers') ?? '127.0.0.1'
    const dataDir = join(engines === undefined ? (disk?.path ?? folder) : folder, `node-${node}`)
    mkdirSync(dataDir, { recursive: true })
    return createServerNode({
      name: `node-${node}`,
      url: `http://${address}:${ports[node]}`,
      within: network?.within(node) ?? [],
      left,
      env: {
        ...(needs.clocks && lackingForClocks() === undefined ? clock.env : {}),
        ...environment,
        ...engines?.env,
        BECKON_HOST: address,
        BECKON_PORT: String(ports[node]),
        BECKON_DATA_DIR: dataDir,
        BECKON_ATTACHMENTS_URL: pathToFileURL(join(folder, 'attachments')).href,
      },
    })
  })
  stack.defer(async () => void (await Promise.all(nodes.map((node) => node.stop('SIGKILL')))))
  // One after another: the first one migrates.
  for (const node of nodes) await node.start()
  const owned = stack.move()
  return { nodes, clocks, engines, disk, network, credentials, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const environment: Readonly<Record<string, string>> = {
  BECKON_LOG_LEVEL: 'warn',
  BECKON_RATE_LIMIT: '0',
  BECKON_SECRET_KEY: Buffer.alloc(32, 'chaos').toString('base64'),
  BECKON_BOOTSTRAP_CLIENT_ID: credentials.clientId,
  BECKON_BOOTSTRAP_CLIENT_SECRET: credentials.clientSecret,
  BECKON_BOOTSTRAP_ADMIN_PASSWORD: 'a password for the chaos runs',
}
