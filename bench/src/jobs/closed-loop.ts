import { connectDriver } from '../load/connect-driver.ts'
import type { Job } from '../load/run-job.ts'
import { median, quantile } from '../statistics.ts'
import { openExchanges } from './exchange.ts'
import { option } from './option.ts'
import { runLanes } from './run-lanes.ts'

/** Every pair keeps so many messages in flight: the next leaves when one is durable and received. */
export const closedLoop: Job = async (target, options) => {
  await using driver = connectDriver(target)
  const exchanges = await openExchanges(driver, option(options, 'pairs'))
  const lanes = exchanges.flatMap((exchange) => Array.from({ length: option(options, 'inFlight') }, () => async () => {
    const start = performance.now()
    const { ackedAt, receivedAt } = await exchange.send()
    return { received: receivedAt - start, acked: ackedAt - start }
  }))
  const { samples, seconds, cpu } = await runLanes(lanes, options, target.processes)
  const received = samples.map((sample) => sample.received)
  return {
    messagesPerSecond: samples.length / seconds,
    p50Millis: median(received),
    p99Millis: quantile(received, 0.99),
    ackP50Millis: median(samples.map((sample) => sample.acked)),
    ...cpu,
  }
}
