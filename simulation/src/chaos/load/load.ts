import type { Actor, Stage } from './actor.ts'
import { createFollower, createPoller, type FeedReader } from './feed-readers.ts'
import { createHastyGuest } from './hasty-guest.ts'
import { aBackend, createInsistence, createJob } from './job.ts'
import { readStore } from './read-store.ts'
import { until, WaitedInVain } from '../until.ts'
import { createVisitor } from './visitor.ts'

/** Everybody who uses the installation during a run. */
export interface Load {
  /** Nobody begins anything new; resolves when everything that was begun is acknowledged. */
  readonly finish: () => Promise<void>
  /** Every guest comes back and is told everything, readers reach the end of the feed, and the store is read. */
  readonly conclude: () => Promise<void>
  /** Every page is closed. */
  readonly leave: () => void
  /** What somebody still waits for. */
  readonly waitsFor: () => string
}

const guests = { patient: 5, hasty: 3 }
/** Longer than the latest time for which a job schedules anything, and than any lease. */
const scheduledLimitMs = 90_000

export async function startLoad(stage: Stage): Promise<Load> {
  const visitors = [
    ...Array.from({ length: guests.patient }, (_, at) => createVisitor(`guest-${at}`, at, stage)),
    ...Array.from({ length: guests.hasty }, (_, at) => createHastyGuest(`hasty-${at}`, at, stage)),
  ]
  const working = visitors.map((visitor) => visitor.work())
  const contactIds = await Promise.all(visitors.map(({ contactId }) => contactId))
  const jobs = contactIds.map((contactId, at) => createJob(`job-${at}`, at, contactId, stage))
  const readers = [createFollower('follower', 0, stage), createPoller('poller', 1, stage)]
  const [writers, reading]: readonly [readonly Actor[], readonly Promise<void>[]] = [[...visitors, ...jobs], readers.map((reader) => reader.work())]
  working.push(...jobs.map((job) => job.work()))
  return {
    waitsFor: () => [...writers, ...readers].map((actor) => actor.waitsFor()).join('\n'),
    leave() {
      for (const visitor of visitors) visitor.leave()
    },
    async finish() {
      for (const writer of writers) writer.stop()
      await Promise.all(working)
    },
    async conclude() {
      await appointmentsKept(stage, contactIds)
      await Promise.all(visitors.map((visitor) => visitor.comeBack()))
      await readersReachTheEnd(stage, readers)
      for (const reader of readers) reader.stop()
      await Promise.all(reading)
      await readStore(aBackend('conclusion', 0, stage), contactIds, stage.recorder)
    },
  }
}

/** Nothing is left scheduled whose time has come. */
async function appointmentsKept(stage: Stage, contactIds: readonly string[]): Promise<void> {
  const beckon = aBackend('appointments', 0, stage)
  const waiting = new Set(contactIds)
  const areKept = async (): Promise<boolean> => {
    for (const contactId of waiting) {
      const { entities } = await beckon.listProactive({ contactId, status: 'scheduled', pageSize: 100 })
      if (entities.length > 0) return false
      waiting.delete(contactId)
    }
    return true
  }
  await until(areKept, { limitMs: scheduledLimitMs, everyMs: 200 }, () => `what is scheduled for ${[...waiting].join(', ')} to be sent`).catch(surprised(stage))
}

async function readersReachTheEnd(stage: Stage, readers: readonly FeedReader[]): Promise<void> {
  const { insist } = createInsistence(stage)
  const beckon = aBackend('end of the feed', 0, stage)
  const latest = await insist((options) => beckon.listEvents({ after: 'latest', limit: 1 }, options), {})
  const haveReachedIt = (): boolean => readers.every((reader) => reader.cursor() === latest?.cursor)
  await until(haveReachedIt, { limitMs: scheduledLimitMs, everyMs: 100 }, () => `readers to reach the end of the feed (${latest?.cursor ?? '?'}): ${readers.map((reader) => reader.waitsFor()).join('; ')}`).catch(surprised(stage))
}

/** What never comes is a broken promise of the installation; the run goes on, so that its history is judged. */
function surprised({ tally }: Stage): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof WaitedInVain)) throw error
    tally.surprise(error.message)
  }
}
