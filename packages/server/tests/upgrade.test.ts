import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { startPostgres } from '../src/testing/services/postgres-cluster.ts'
import { openSession } from '../src/testing/services/postgres-session.ts'
import { aBackend } from './rig/backend.ts'
import { beckon } from './rig/command-line.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { comeBack, reach, readFeed, visit } from './rig/returning-guest.ts'
import { startServerProcess } from './rig/server-process.ts'
import { lost, startSteadyLoad } from './rig/steady-load.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

/** What the next version's `beckon migrate` does: an additive change, and word of who may go on beside it. */
const widen = `
  ALTER TABLE conversations ADD COLUMN colour text;
  CREATE INDEX conversations_by_colour ON conversations (colour) WHERE colour IS NOT NULL;
  INSERT INTO migrations (version, name, checksum, compatible_with) SELECT 9001, '9001-colour.sql', 'of-the-next-version', max(version) FROM migrations`
/** And the one after it, which drops what older programs read. */
const narrow = `INSERT INTO migrations (version, name, checksum, compatible_with) VALUES (9002, '9002-without-search.sql', 'of-the-version-after', 9001)`

test('nodes go on while a newer one migrates under load, and one that is replaced by its like starts on the newer tables; a program without a place there does not', { timeout: 180_000 }, async () => {
  using data = aTemporaryDirectory()
  await using cluster = await startPostgres()
  const databaseUrl = await cluster.createEmptyDatabase()
  const envOf = (node: string) => ({ ...anEnvironment(join(data.path, node)), BECKON_DATABASE_URL: databaseUrl, BECKON_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') })
  await using stack = new AsyncDisposableStack()
  const migrator = stack.use(await openSession(databaseUrl))
  await using one = await startServerProcess({ env: envOf('one') })
  const guest = await (async () => {
    await using two = await startServerProcess({ env: envOf('two') })
    const guest = await visit(two.url, randomUUID(), ['Where is my parcel?'])
    const loads = await Promise.all([one, two].map(({ url }) => startSteadyLoad(url, 2)))
    await Promise.all(loads.map((load) => load.more(30)))

    await migrator.query(widen)

    await Promise.all(loads.map((load) => load.more(30)))
    await Promise.all(loads.map((load) => load.stop()))
    expect(await lost(await aBackend(one.url, credentials), loads.flatMap(({ acknowledged }) => acknowledged))).toEqual([])
    two.kill('SIGTERM')
    expect(await two.ended).toMatchObject({ code: 0 })
    return guest
  })()

  await using again = await startServerProcess({ env: envOf('two') })
  await reach(await aBackend(again.url, credentials), guest, 'Your parcel is here')
  expect(await comeBack(one.url, guest, 'Your parcel is here')).toMatchObject({ resumed: true, epoch: guest.resume.epoch })

  await migrator.query(narrow)
  const refused = await beckon(['serve'], envOf('three'))
  expect(refused.code).not.toBe(0)
  expect(refused.stderr).toMatch(/newer server .*9002-without-search/)
})

test('an embedded store of an older version is migrated by starting on it, and guests and readers of the feed go on where they were', { timeout: 180_000 }, async () => {
  using data = aTemporaryDirectory()
  const env = anEnvironment(data.path)
  const before = await (async () => {
    await using server = await startServerProcess({ env })
    const guest = await visit(server.url, randomUUID(), ['Where is my parcel?'])
    return { guest, cursor: (await readFeed(await aBackend(server.url, credentials))).cursor }
  })()
  const older = asBefore(join(data.path, 'beckon.db'))

  const migrated = await beckon(['migrate', '--json'], env)

  expect(JSON.parse(migrated.stdout)).toMatchObject({ from: older, applied: expect.arrayContaining(['0004-guest-identity.sql']) })
  await using server = await startServerProcess({ env })
  const backend = await aBackend(server.url, credentials)
  await reach(backend, before.guest, 'It is here')
  expect(await comeBack(server.url, before.guest, 'It is here')).toMatchObject({ resumed: true })
  expect((await readFeed(backend, before.cursor)).entities.map(({ type }) => type)).toContain('message.created')
})

/** Takes the tables of guests' identity away, as the version before them left the file; answers that version. */
function asBefore(file: string): number {
  const db = new DatabaseSync(file)
  db.exec(`
    DROP TABLE push_devices; DROP TABLE refresh_tokens; DROP TABLE sign_ins;
    DROP INDEX sessions_by_folded_token; ALTER TABLE sessions DROP COLUMN folded_token_hash;
    DROP INDEX contacts_by_identity; ALTER TABLE contacts DROP COLUMN identity;
    DROP INDEX timers_by_next; CREATE INDEX timers_by_due ON timers (due_at);
    DELETE FROM migrations WHERE version >= 4`)
  const row = db.prepare('SELECT max(version) AS version FROM migrations').get()
  db.close()
  return Number(row?.['version'])
}
