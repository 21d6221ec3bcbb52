import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../src/testing/services/postgres-cluster.ts'
import { aBackend } from './rig/backend.ts'
import { beckon } from './rig/command-line.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { spawnServer } from './rig/server-process.ts'
import { anInstallation } from './rig/nodes/some-nodes.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

test('a node whose database goes away says so once, and once that it is back, however many requests fail meanwhile', async () => {
  await using installation = await anInstallation({ withNats: false })
  const node = await installation.start('all', { BECKON_LOG_LEVEL: 'info' })
  const backend = await aBackend(node.url, credentials)
  const ask = async (): Promise<number> => (await backend.call('GET', '/api/v2/contacts')).status

  await installation.postgres.stopImmediately()
  const whileAway = await Promise.all(Array.from({ length: 20 }, ask))
  await node.mentioned('the database is away')
  await installation.postgres.restart()
  await node.mentioned('the database is back')

  expect(new Set(whileAway)).toEqual(new Set([503]))
  const lines = node.said.stderr.split('\n').filter((line) => line.includes('"level":"warn"') || line.includes('"level":"error"')).map((line) => String(JSON.parse(line).msg))
  expect(lines.filter((line) => line.startsWith('the database is away'))).toHaveLength(1)
  expect(lines.filter((line) => /store unavailable|could not be followed|wait for the store|clock could not/.test(line))).toEqual([])
  expect(node.said.stderr).toMatch(/"awaySeconds":\d/)
}, 60_000)

describe('an address that leads to no database this server may use', () => {
  let cluster: PostgresCluster
  let url: URL
  beforeAll(async () => {
    cluster = await startPostgres()
    url = new URL(await cluster.createEmptyDatabase())
  }, 30_000)
  afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

  const wrong = [
    ['a host that has no address', { hostname: 'nowhere.invalid' }, /ENOTFOUND.*the host has no address: check BECKON_DATABASE_URL/],
    ['a wrong password', { password: 'guessed' }, /password authentication failed.*check the user and the password in BECKON_DATABASE_URL/],
    ['a database that is not there', { pathname: '/elsewhere' }, /database "elsewhere" does not exist.*create it, or check the name in BECKON_DATABASE_URL/],
  ] as const satisfies readonly (readonly [string, Partial<URL>, RegExp])[]

  test.for(wrong)('%s ends the start as other mistakes in the configuration do, and says what to do', { timeout: 30_000 }, async ([, change, words]) => {
    using data = aTemporaryDirectory()
    const env = { ...anEnvironment(data.path), BECKON_DATABASE_URL: Object.assign(new URL(url), change).href }
    await using server = spawnServer({ env })

    const { code } = await server.ended
    const migrated = await beckon(['migrate'], env)

    expect([code, migrated.code]).toEqual([2, 2])
    for (const said of [server.said.stderr, migrated.stderr]) expect(said).toMatch(words)
    expect(server.said.stderr).not.toContain(url.password)
  })

  test('a database that only does not answer now is no mistake in the configuration', async () => {
    using data = aTemporaryDirectory()
    await using server = spawnServer({ env: { ...anEnvironment(data.path), BECKON_DATABASE_URL: Object.assign(new URL(url), { port: '1' }).href } })

    expect((await server.ended).code).toBe(1)
    expect(server.said.stderr).toMatch(/ECONNREFUSED.*check BECKON_DATABASE_URL, and that the database runs/)
  }, 30_000)
})
