import type { Instant, Reader, Secrets } from '@beckon/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from '../../observability/metrics.ts'
import { HttpRefused } from '../shared/http-refused.ts'
import { timeOf } from '../shared/time-text.ts'

export interface OpsDeps {
  readonly reader: Pick<Reader, 'ping'>
  readonly metrics: Pick<Metrics, 'render' | 'contentType' | 'requestAnswered'>
  readonly isDraining: () => boolean
  /** Since when appointments are due that no worker keeps. */
  readonly overdueSince: () => Instant | undefined
  readonly secrets: Pick<Secrets, 'hash' | 'matches'>
  readonly metricsToken?: string | undefined
}

/** What machines ask to look after this one: is it alive, may it be given callers, how is it doing. */
export function registerOps(app: FastifyInstance, deps: OpsDeps): void {
  const uncached = { 'cache-control': 'no-store' }
  app.get('/livez', (_request, reply) => reply.headers(uncached).type('text/plain; charset=utf-8').send('ok\n'))
  app.get('/readyz', async (_request, reply) => {
    const checks = await check(deps)
    const ready = Object.values(checks).every((state) => state === 'ok')
    if (!ready) reply.header('retry-after', '1')
    // A node without a worker may well be given callers: it is the installation that lacks something.
    return reply.headers(uncached).code(ready ? 200 : 503).send({ ready, checks: { ...checks, appointments: appointments(deps.overdueSince()) } })
  })
  app.get('/metrics', async (request, reply) => {
    requireMetricsToken(deps, request)
    return reply.headers(uncached).type(deps.metrics.contentType).send(await deps.metrics.render())
  })
  app.addHook('onResponse', async (request, reply) => tell(deps, request, reply))
}

/** The store migrates before the server listens and refuses to serve otherwise, so its answering is both. */
async function check({ reader, isDraining }: OpsDeps): Promise<Readonly<Record<string, string>>> {
  const store = await reader.ping().then(() => 'ok', () => 'unavailable')
  return { store, migrations: store === 'ok' ? 'ok' : 'unknown', serving: isDraining() ? 'draining' : 'ok' }
}

function appointments(since: Instant | undefined): string {
  return since === undefined ? 'ok' : `overdue since ${timeOf(since)}: no worker keeps appointments; start a node with BECKON_ROLE=worker or all`
}

function requireMetricsToken({ metricsToken, secrets }: OpsDeps, request: FastifyRequest): void {
  if (metricsToken === undefined) return
  const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (given !== undefined && secrets.matches(given, secrets.hash(metricsToken))) return
  throw new HttpRefused({
    code: 'invalid_token',
    detail: 'Metrics ask for the bearer token that BECKON_METRICS_TOKEN holds.',
    headers: { 'www-authenticate': 'Bearer realm="beckon metrics"' },
  })
}

/** Unknown paths share one label: whoever scans for holes must not fill the memory with names. */
function tell({ metrics }: OpsDeps, request: FastifyRequest, reply: FastifyReply): void {
  metrics.requestAnswered({
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    seconds: reply.elapsedTime / 1000,
  })
}
