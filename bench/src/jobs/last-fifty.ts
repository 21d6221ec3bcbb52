import { createHttpClient } from '../load/http-client.ts'
import type { Job } from '../load/run-job.ts'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { ENTRIES_EACH } from '../seed/seed-log.ts'
import { seededId } from '../seed/seeded-id.ts'
import { median, quantile } from '../statistics.ts'
import { option } from './option.ts'

interface Page {
  readonly entities: readonly unknown[]
}

const CONVERSATIONS_READ = 50
const LAST = 50

/** One read after another of the last 50 entries, of conversations spread over the whole log, as agents go back and forth between them. */
export const lastFifty: Job = async (target, options) => {
  if (target.kind !== 'beckon') throw new Error('only Beckon keeps conversations to read')
  const { accessToken } = target
  using http = createHttpClient(must(target.urls[0], 'a node'), 1)
  const stored = option(options, 'entries') / ENTRIES_EACH
  const reads = option(options, 'reads')
  const millis: number[] = []
  for (let number = 0; number < reads; number += 1) {
    const conversation = Math.floor(((number % CONVERSATIONS_READ) * stored) / CONVERSATIONS_READ)
    const path = `/api/v2/conversations/messaging/${seededId('conversation', conversation)}/messages?after=${ENTRIES_EACH - LAST}&limit=${LAST}`
    const start = performance.now()
    const { status, body } = await http.request({ method: 'GET', path, accessToken })
    millis.push(performance.now() - start)
    if (status !== 200 || parseJson<Page>(body).entities.length !== LAST) throw new Error(`a read answered ${status}: ${body.slice(0, 300)}`)
  }
  const measured = millis.slice(reads / 5)
  return { p50Millis: median(measured), p99Millis: quantile(measured, 0.99), firstReadsP50Millis: median(millis.slice(0, CONVERSATIONS_READ)) }
}
