import type { Clock, Instant, Reader } from '@beckon/core'
import { number, text } from '../sql/row.ts'
import type { Connections } from './connect.ts'
import { createFeed } from './feed.ts'
import { createAccessReader } from './reading/access.ts'
import { createLogReader } from './reading/log.ts'
import { createLookUps } from './reading/look-up.ts'
import { createPeopleReader } from './reading/people.ts'
import { createQuery, type Query } from './reading/query.ts'
import { createThreadReader } from './reading/threads.ts'
import { createTimerReader } from './timers.ts'

export interface PostgresReader extends Omit<Reader, 'epoch' | 'ping'> {
  /** The database's own clock, which is the same for all of its nodes. */
  time(): Promise<Instant>
}

/** Each answer comes from one statement, and so from one committed state. `settled` is that of `createFeed`. */
export function createReader({ reads, lookUps }: Pick<Connections, 'reads' | 'lookUps'>, clock: Clock, settled: () => number): PostgresReader {
  const query = createQuery(reads)
  const lookUpIn = createLookUps(lookUps)
  return {
    ...createAccessReader(query, lookUpIn),
    ...createPeopleReader(query, lookUpIn),
    ...createThreadReader(query, lookUpIn),
    ...createLogReader(query),
    ...createFeed(query, settled),
    ...createTimerReader(query),
    answer: (key) => readAnswer(query, key, clock.now()),
    async time() {
      const row = await query.first('time', 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now', [])
      return number(row ?? {}, 'now') as Instant
    },
  }
}

async function readAnswer(query: Query, key: string, now: Instant): ReturnType<Reader['answer']> {
  const row = await query.first('answer', 'SELECT fingerprint, value FROM answers WHERE key = $1 AND expires_at > $2', [key, now])
  return row && { fingerprint: text(row, 'fingerprint'), value: JSON.parse(text(row, 'value')) as unknown }
}
