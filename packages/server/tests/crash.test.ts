import { randomUUID } from 'node:crypto'
import { watch } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { aBackend, type Backend } from './rig/backend.ts'
import { createChance, type Chance } from './rig/chance.ts'
import { createLedger, type Ledger } from './rig/crash/ledger.ts'
import { createStubbornBackend, type StubbornBackend } from './rig/crash/stubborn-backend.ts'
import { createStubbornGuest, type StubbornGuest } from './rig/crash/stubborn-guest.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { spawnServer, startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

const seed = Number(process.env['BECKON_CRASH_SEED'] ?? Date.now() % 1_000_000)
const kills = Number(process.env['BECKON_CRASH_KILLS'] ?? 50)
const guests = 8
const perKill = { fewest: 5, most: 400 }
/** One start in so many is killed before it is ready. */
const startsKilled = 8

test(
  `a server that is killed ${kills} times under load keeps every acknowledged message once and in order, and every appointment (BECKON_CRASH_SEED=${seed})`,
  { timeout: 600_000 },
  async ({ annotate }) => {
    using data = aTemporaryDirectory()
    const chance = createChance(seed)
    const env = { ...anEnvironment(data.path), BECKON_PORT: String(await aFreePort()) }
    const world = await settle(env, chance)

    for (let kill = 1; kill <= kills; kill += 1) {
      if (kill % startsKilled === 0) await killWhileStarting(env, data.path)
      else await killUnderLoad(env, world, chance)
    }

    const verdict = await conclude(env, world)
    await annotate(`seed ${seed}: ${kills} kills, ${verdict}`)
  },
)

interface World {
  readonly ledger: Ledger
  readonly writers: readonly (StubbornGuest | StubbornBackend)[]
  readonly jobs: readonly StubbornBackend[]
  /** Called at each acknowledgement. */
  onPromised: () => void
}

async function aFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The first start: a deployment that lets anybody write as fast as they can, guests who have said hello, and a job for each. */
async function settle(env: Readonly<Record<string, string>>, chance: Chance): Promise<World> {
  await using server = await startServerProcess({ env })
  const backend = await aBackend(server.url, credentials)
  const deploymentId = await aPatientDeployment(backend)
  const ledger = createLedger()
  const world = { ledger, onPromised: (): void => undefined }
  const onPromised: Parameters<typeof createStubbornGuest>[0]['onPromised'] = (promised) => {
    ledger.promise(promised)
    world.onPromised()
  }
  const visitors = Array.from({ length: guests }, (_, index) =>
    createStubbornGuest({ name: `guest-${index}`, token: randomUUID(), deploymentId, window: 4, onPromised }),
  )
  await Promise.all(visitors.map((visitor) => visitor.finish(server.url)))
  const jobs = visitors.map(({ contactId }, index) => createStubbornBackend({ name: `job-${index}`, credentials, contactId, chance, onPromised }))
  return Object.assign(world, { writers: [...visitors, ...jobs], jobs })
}

async function aPatientDeployment(backend: Backend): Promise<string> {
  const limits = { messagesPerSecond: 1_000_000, requestsPerMinute: 1_000_000, configuresPerMinute: 1_000_000, connectionsPerMinute: 1_000_000 }
  const { id } = await backend.ask<{ id: string }>('POST', '/api/v2/deployments', { name: 'Under load', allowedDomains: ['*'], limits })
  return id
}

/** The moment is an acknowledgement chosen by chance and some turns of the event loop more: others are always under way. */
async function killUnderLoad(env: Readonly<Record<string, string>>, world: World, chance: Chance): Promise<void> {
  await using server = await startServerProcess({ env })
  await world.ledger.check(await aBackend(server.url, credentials))
  let acknowledgementsLeft = chance.between(perKill.fewest, perKill.most)
  const enough = new Promise<void>((resolve) => {
    world.onPromised = () => {
      acknowledgementsLeft -= 1
      if (acknowledgementsLeft === 0) resolve()
    }
  })
  const writing = Promise.all(world.writers.map((writer) => writer.write(server.url).catch(() => undefined)))
  await Promise.race([enough, writing.then(() => expect.fail(`the writers gave up: ${server.said.stderr}`))])
  for (let turns = chance.between(0, 20); turns > 0; turns -= 1) await new Promise(setImmediate)
  server.kill('SIGKILL')
  await Promise.all([server.ended, writing])
}

/** Killed when it has just taken its data directory: while it opens, migrates and bootstraps. */
async function killWhileStarting(env: Readonly<Record<string, string>>, dataDir: string): Promise<void> {
  const watching = new AbortController()
  const touched = new Promise<void>((resolve) => {
    watch(dataDir, { signal: watching.signal }, () => resolve())
  })
  await using server = spawnServer({ env })
  await Promise.race([touched, server.ended])
  server.kill('SIGKILL')
  await server.ended
  watching.abort()
}

async function conclude(env: Readonly<Record<string, string>>, { ledger, writers, jobs }: World): Promise<string> {
  await using server = await startServerProcess({ env })
  const backend = await aBackend(server.url, credentials)
  await Promise.all(writers.map((writer) => writer.finish(server.url)))
  const scheduled = jobs.flatMap((job) => job.scheduled)
  for (const id of scheduled) {
    await expect
      .poll(async () => (await backend.ask<{ status: string }>('GET', `/api/v2/conversations/messaging/proactive/${id}`)).status, { timeout: 20_000 })
      .not.toBe('scheduled')
  }
  await ledger.conclude(backend)
  expect(writers.flatMap((writer) => writer.refusals)).toEqual([])
  return `${ledger.promised} messages acknowledged, ${scheduled.length} of them scheduled, ${ledger.entries} entries in order`
}
