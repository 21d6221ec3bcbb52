import { setTimeout as sleep } from 'node:timers/promises'
import { connectDriver } from '../load/connect-driver.ts'
import type { Job } from '../load/run-job.ts'
import { must } from '../must.ts'
import { median, quantile } from '../statistics.ts'
import { openCpuWindow } from './cpu-window.ts'
import type { Exchange } from './exchange.ts'
import { openExchanges } from './exchange.ts'
import { option } from './option.ts'

/**
 * Messages leave by the clock, whether or not the server keeps up. A message's time runs from the moment it was due, so that a
 * server that stalls cannot hide the messages it kept waiting.
 */
export const openLoop: Job = async (target, options) => {
  await using driver = connectDriver(target)
  const exchanges = await openExchanges(driver, option(options, 'pairs'))
  const perMilli = option(options, 'messagesPerSecond') / 1000
  const warmup = option(options, 'warmupMillis') * perMilli
  const total = warmup + option(options, 'measureMillis') * perMilli
  const millis: number[] = []
  const underway: Promise<void>[] = []
  const start = performance.now()
  let cpu = openCpuWindow(target.processes)
  for (let number = 0; number < total; ) {
    const due = Math.min(total, (performance.now() - start) * perMilli)
    for (; number < due; number += 1) {
      if (number === warmup) cpu = openCpuWindow(target.processes)
      const dueAt = start + number / perMilli
      const isMeasured = number >= warmup
      underway.push(timeFrom(dueAt, must(exchanges[number % exchanges.length], 'an exchange'), isMeasured ? millis : []))
    }
    await sleep(1)
  }
  await Promise.all(underway)
  return { p50Millis: median(millis), p99Millis: quantile(millis, 0.99), ...cpu.perMessage(millis.length) }
}

async function timeFrom(dueAt: number, exchange: Exchange, millis: number[]): Promise<void> {
  const { receivedAt } = await exchange.send()
  millis.push(receivedAt - dueAt)
}
