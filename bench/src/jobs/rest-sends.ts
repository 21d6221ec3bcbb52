import { randomUUID } from 'node:crypto'
import type { Target } from '../load/driver.ts'
import type { HttpClient, HttpRequest } from '../load/http-client.ts'
import { createHttpClient } from '../load/http-client.ts'
import type { Job, JobOptions } from '../load/run-job.ts'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { median, quantile } from '../statistics.ts'
import { inTurn } from './in-turn.ts'
import { option } from './option.ts'
import { runLanes } from './run-lanes.ts'

const BODY = JSON.stringify({ text: 'Your parcel has arrived at the shop. '.padEnd(100, '.'), from: { name: 'Parcel desk', kind: 'api' } })

/** POSTs with so many in flight: proactive sends to contacts who are away, or empty ones to the bare framework. */
export const restSends: Job = async (target, options) => {
  const inFlight = option(options, 'inFlight')
  using http = createHttpClient(target.kind === 'beckon' ? must(target.urls[0], 'a node') : target.url, inFlight)
  const requests = await requestsFor(target, http, options)
  let next = 0
  const step = async (): Promise<number> => {
    const request = must(requests[next % requests.length], 'a request')
    next += 1
    const start = performance.now()
    const answer = await http.request(options['withIdempotencyKey'] === 1 ? { ...request, idempotencyKey: randomUUID() } : request)
    if (answer.status !== 202) throw new Error(`${request.path} answered ${answer.status}: ${answer.body}`)
    return performance.now() - start
  }
  const { samples, seconds, cpu } = await runLanes(Array.from({ length: inFlight }, () => step), options, target.processes)
  return { sendsPerSecond: samples.length / seconds, p50Millis: median(samples), p99Millis: quantile(samples, 0.99), ...cpu }
}

async function requestsFor(target: Target, http: HttpClient, options: JobOptions): Promise<readonly HttpRequest[]> {
  if (target.kind !== 'beckon') return [{ method: 'POST', path: '/empty', body: BODY }]
  const { accessToken, deploymentId } = target
  const contacts = option(options, 'contacts')
  const requests: HttpRequest[] = []
  await inTurn(contacts, 32, async (index) => {
    const body = JSON.stringify({ deploymentId, externalId: `customer-${index}`, name: `Customer ${index}` })
    const answer = await http.request({ method: 'POST', path: '/api/v2/contacts', accessToken, body })
    if (answer.status !== 201) throw new Error(`creating a contact answered ${answer.status}: ${answer.body}`)
    const { id } = parseJson<{ id: string }>(answer.body)
    requests.push({ method: 'POST', path: `/api/v2/conversations/messaging/contacts/${id}/messages`, accessToken, body: BODY })
  })
  return requests
}
