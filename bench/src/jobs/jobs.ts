import type { Job } from '../load/run-job.ts'
import { closedLoop } from './closed-loop.ts'
import { drain } from './drain.ts'
import { idleMemory } from './idle-memory.ts'
import { lastFifty } from './last-fifty.ts'
import { openLoop } from './open-loop.ts'
import { reconnectStorm } from './reconnect-storm.ts'
import { restSends } from './rest-sends.ts'
import { steadySends } from './steady-sends.ts'
import { storedReads } from './stored-reads.ts'

export const jobs: ReadonlyMap<string, Job> = new Map<string, Job>([
  ['closed-loop', closedLoop],
  ['open-loop', openLoop],
  ['rest-sends', restSends],
  ['drain', drain],
  ['idle-memory', idleMemory],
  ['reconnect-storm', reconnectStorm],
  ['last-fifty', lastFifty],
  ['steady-sends', steadySends],
  ['stored-reads', storedReads],
])
