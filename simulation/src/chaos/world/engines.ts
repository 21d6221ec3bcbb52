import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNats, type NatsServer } from '../../../../packages/server/src/testing/services/nats-server.ts'
import { startPostgres, type PostgresCluster } from '../../../../packages/server/src/testing/services/postgres-cluster.ts'
import { openSession } from '../../../../packages/server/src/testing/services/postgres-session.ts'
import { until } from '../until.ts'
import { planted, type PlantedName } from '../planted/planted.ts'
import type { PrivateNetwork } from './private-network.ts'

/** The database and the bus that all nodes share, with the handles by which they can be broken. */
export interface Engines extends AsyncDisposable {
  /** Settings with which a node finds them. */
  readonly env: Readonly<Record<string, string>>
  readonly postgres: Pick<PostgresCluster, 'stopImmediately' | 'restart'>
  readonly nats: Pick<NatsServer, 'kill' | 'restart'>
  /** Ends one connection of the nodes, as an administrator does. `drawn`, from 0 to 1, chooses. */
  readonly endConnection: (drawn: number) => Promise<void>
  /** Kills the process behind one connection: the whole database recovers. */
  readonly killConnection: (drawn: number) => Promise<void>
  /** Makes the database need room at once. */
  readonly writeMuch: () => Promise<void>
  readonly startWhatEnded: () => Promise<void>
}

interface EnginesOptions {
  readonly folder: string
  readonly network: PrivateNetwork | undefined
  readonly plant: PlantedName | undefined
}

const settings = {
  autovacuum: 'on',
  // Small and made anew, so that a full disk is felt by the journal too, and the disk stays small.
  max_wal_size: '64MB',
  min_wal_size: '32MB',
  wal_recycle: 'off',
}

export async function startEngines({ folder, network, plant }: EnginesOptions): Promise<Engines> {
  const databaseAddress = network?.hostAddress('database')
  const cluster = await startPostgres({
    inside: folder,
    settings: { ...settings, ...planted(plant).postgres, ...(databaseAddress === undefined ? {} : openTo(folder, databaseAddress)) },
  })
  const url = await cluster.createEmptyDatabase()
  const nats = await startNats(network === undefined ? {} : { address: network.hostAddress('bus') })
  const ask = <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> => askAt<Row>(url, sql, values)

  async function processOfANode(drawn: number): Promise<number | undefined> {
    const rows = await ask<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY pid")
    return rows[Math.floor(drawn * rows.length)]?.pid
  }

  return {
    nats,
    postgres: cluster,
    env: { BECKON_DATABASE_URL: databaseAddress === undefined ? url : url.replace('127.0.0.1', databaseAddress), BECKON_NATS_URL: nats.url, ...planted(plant).nodes },
    async endConnection(drawn) {
      const pid = await processOfANode(drawn)
      if (pid !== undefined) await ask('SELECT pg_terminate_backend($1)', [pid])
    },
    async killConnection(drawn) {
      const pid = await processOfANode(drawn)
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
    async writeMuch() {
      await ask('CREATE TABLE IF NOT EXISTS ballast AS SELECT repeat(md5(n::text), 100) AS filling FROM generate_series(1, 20000) n')
    },
    async startWhatEnded() {
      await until(async () => {
        if (!isAlive(cluster.pid)) await cluster.restart()
        return ask('DROP TABLE IF EXISTS ballast').then(() => true, () => false)
      }, { limitMs: 60_000, everyMs: 200 }, () => 'the database to work again with room on its disk')
    },
    async [Symbol.asyncDispose]() {
      await nats[Symbol.asyncDispose]()
      await cluster[Symbol.asyncDispose]()
    },
  }
}

/** Lets the nodes in by their own network, with the password that everybody else needs too. */
function openTo(folder: string, address: string): Readonly<Record<string, string>> {
  const file = join(folder, 'pg_hba.conf')
  const network = `${address.split('.').slice(0, 3).join('.')}.0/24`
  writeFileSync(file, [`host all all 127.0.0.1/32 scram-sha-256`, `host all all ${network} scram-sha-256`, ''].join('\n'), { mode: 0o644 })
  return { listen_addresses: `127.0.0.1,${address}`, hba_file: file }
}

async function askAt<Row extends object>(url: string, sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
  await using session = await openSession(url, { connectionTimeoutMillis: 3000, query_timeout: 10_000 })
  return (await session.query<Row & Record<string, unknown>>(sql, [...values])).rows
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
