import { isInbound, type Committed } from '@beckon/core'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { createDeliveryWatch } from './delivery-watch.ts'
import { createNodeMetrics, type NodeMetrics } from './node-metrics.ts'

/** What can be counted, by the rooms that see it happen. Labels hold kinds, never ids. */
export interface Metrics {
  /** The number of sockets that are open now. */
  readonly wsConnections: (open: number) => void
  /** Everything that can be told from what became durable. */
  readonly committed: (batch: readonly Committed[]) => void
  readonly requestAnswered: (request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }) => void
  /** An appointment was kept or failed, so long after it was due. */
  readonly appointment: (kind: string, outcome: 'kept' | 'failed', lagSeconds: number) => void
  /** For how long the oldest appointment that nobody keeps has been due. */
  readonly appointmentsOverdue: (seconds: number) => void
  /** Made for a node that is one of several, so that others have no figures that mean nothing. */
  readonly amongNodes: () => NodeMetrics
  /** In the Prometheus text format. */
  readonly render: () => Promise<string>
  readonly contentType: string
}

const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const patient = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 600, 3600, 86_400]

export function createMetrics({ version }: { readonly version: string }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({ name: 'beckon_build_info', help: 'Always 1; the labels say what runs', labelNames: ['version'], registers }).set({ version }, 1)

  const connections = new Gauge({ name: 'beckon_ws_connections', help: 'Open sockets', labelNames: ['kind'], registers })
  connections.set({ kind: 'guest' }, 0)
  const requests = new Histogram({
    name: 'http_server_request_duration_seconds', help: 'Time from a request to the end of its answer', buckets: quick,
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'], registers,
  })
  const appointments = new Counter({ name: 'beckon_appointments_total', help: 'Timers that came due', labelNames: ['kind', 'outcome'], registers })
  const lag = new Histogram({ name: 'beckon_appointment_lag_seconds', help: 'How late appointments were kept', labelNames: ['kind'], buckets: patient, registers })
  const overdue = new Gauge({ name: 'beckon_appointments_overdue_seconds', help: 'For how long the oldest appointment has been due that no worker keeps; 0 where there is none', registers })

  return {
    wsConnections: (open) => connections.set({ kind: 'guest' }, open),
    committed: countCommitted(registers),
    requestAnswered: ({ method, route, status, seconds }) =>
      requests.observe({ http_request_method: method, http_route: route, http_response_status_code: status }, seconds),
    appointment(kind, outcome, lagSeconds) {
      appointments.inc({ kind, outcome })
      if (outcome === 'kept') lag.observe({ kind }, lagSeconds)
    },
    appointmentsOverdue: (late) => overdue.set(late),
    amongNodes: () => createNodeMetrics(registers),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function countCommitted(registers: Registry[]): Metrics['committed'] {
  const messages = new Counter({ name: 'beckon_messages_total', help: 'Messages that became durable', labelNames: ['direction', 'origin'], registers })
  const events = new Counter({ name: 'beckon_events_total', help: 'Events that became durable', labelNames: ['type'], registers })
  const batchSize = new Histogram({
    name: 'beckon_store_commit_batch_size', help: 'Decisions that shared one durable commit',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512], registers,
  })
  const delivery = new Histogram({
    name: 'beckon_message_delivery_seconds', help: 'Time until the guest’s page confirmed a message of the business',
    buckets: patient, registers,
  })
  const watch = createDeliveryWatch((seconds) => delivery.observe(seconds))
  return (batch) => {
    batchSize.observe(batch.length)
    for (const committed of batch) {
      for (const { entry } of committed.entries) {
        if (entry.kind === 'message') messages.inc({ direction: isInbound(entry) ? 'inbound' : 'outbound', origin: entry.by.kind })
      }
      for (const { type } of committed.events) events.inc({ type })
      watch(committed)
    }
  }
}
