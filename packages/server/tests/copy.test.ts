import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startPostgres } from '../src/testing/services/postgres-cluster.ts'
import { aBackend } from './rig/backend.ts'
import { createChance } from './rig/chance.ts'
import { beckon, beckonKilled } from './rig/command-line.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { comeBack, reach, readFeed, visit, type FeedPage, type Visit } from './rig/returning-guest.ts'
import { startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

const seed = Number(process.env['BECKON_COPY_SEED'] ?? Date.now() % 1_000_000)
const kills = 5

test(
  `a shop that moves to PostgreSQL reaches the guest who chatted before, though the copy was killed ${kills} times (BECKON_COPY_SEED=${seed})`,
  { timeout: 180_000 },
  async ({ annotate }) => {
    const chance = createChance(seed)
    using data = aTemporaryDirectory()
    using elsewhere = aTemporaryDirectory()
    await using cluster = await startPostgres()
    const embedded = anEnvironment(data.path)
    const before = await chatted(embedded, data.path)
    const env = { ...embedded, BECKON_DATABASE_URL: await cluster.createEmptyDatabase() }

    const died: number[] = []
    while (died.length < kills) {
      const rows = (died.at(-1) ?? 0) + chance.between(1, 25)
      const ran = await beckonKilled(['copy', '--from', data.path, '--batch', '5', '--json'], env, (line) => isBeyond(line, rows))
      expect(ran, 'a copy that was to be killed').toBeUndefined()
      died.push(rows)
    }
    const refused = await beckon(['serve'], env)
    const copied = await beckon(['copy', '--from', 'sqlite', '--to', 'postgres', '--json'], env)
    const again = await beckon(['copy'], env)

    expect(refused.stderr).toContain('unfinished copy')
    expect(copied).toMatchObject({ code: 0 })
    expect(JSON.parse(copied.stdout)).toMatchObject({ began: 'earlier', lastPosition: before.feed.entities.length })
    expect(again.stdout).toContain('Nothing to do')
    await reached({ ...env, BECKON_DATA_DIR: elsewhere.path, BECKON_SECRET_KEY: before.key }, before)
    await annotate(`seed ${seed}: killed after ${died.join(', ')} rows`)
  },
)

/** With `--json` a line of progress is an object. */
function isBeyond(line: string, rows: number): boolean {
  const { phase, rowsDone = 0 } = JSON.parse(line) as { readonly phase?: string; readonly rowsDone?: number }
  return phase === 'copying' && rowsDone >= rows
}

interface Before {
  readonly guest: Visit
  /** Of somebody who reads the feed: up to the last event there was. */
  readonly feed: FeedPage
  readonly key: string
}

async function chatted(env: Readonly<Record<string, string>>, dataDir: string): Promise<Before> {
  await using server = await startServerProcess({ env })
  const backend = await aBackend(server.url, credentials)
  const guests = await Promise.all(Array.from({ length: 8 }, () => visit(server.url, randomUUID(), Array.from({ length: 5 }, (_, index) => `This is number ${String(index)}`))))
  const guest = await visit(server.url, randomUUID(), ['Where is my parcel?', 'It is number 77 📦'])
  for (const one of [...guests, guest]) await reach(backend, one, 'We look after it')
  return { guest, feed: await readFeed(backend), key: readFileSync(join(dataDir, 'installation.key'), 'utf8').trim() }
}

/** Nothing of the old folder is there but the key. */
async function reached(env: Readonly<Record<string, string>>, { guest, feed }: Before): Promise<void> {
  await using server = await startServerProcess({ env })
  const backend = await aBackend(server.url, credentials)
  const whole = await readFeed(backend)
  expect(whole.entities.slice(0, feed.entities.length)).toEqual(feed.entities)

  await reach(backend, guest, 'Your parcel is in your town now')

  const { resumed, epoch, texts } = await comeBack(server.url, guest, 'Your parcel is in your town now')
  expect({ resumed, epoch, texts }).toEqual({ resumed: true, epoch: guest.resume.epoch, texts: ['We look after it', 'Your parcel is in your town now'] })
  const { entities } = await readFeed(backend, feed.cursor)
  expect(entities.map(({ type }) => type)).toContain('message.created')
}
