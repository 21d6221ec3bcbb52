import { setTimeout as sleep } from 'node:timers/promises'
import { connectDriver } from '../load/connect-driver.ts'
import type { Job } from '../load/run-job.ts'
import { openCpuWindow } from './cpu-window.ts'
import { inTurn } from './in-turn.ts'
import { option } from './option.ts'

const SETTLE_MILLIS = 500

/** Guests leave, messages are stored for them, all come back at once; timed from the first step back to the last message received. */
export const drain: Job = async (target, options) => {
  await using driver = connectDriver(target)
  const guests = option(options, 'guests')
  const each = option(options, 'messagesEach')
  await inTurn(guests, guests, async (index) => { (await driver.connectGuest(index)).drop() })
  await sleep(SETTLE_MILLIS)
  await inTurn(guests, 4, (index) => driver.sendToGuest(index, each))
  await sleep(SETTLE_MILLIS)

  const cpu = openCpuWindow(target.processes)
  const start = performance.now()
  await inTurn(guests, guests, async (index) => {
    const link = await driver.connectGuest(index)
    await link.received(each)
  })
  const seconds = (performance.now() - start) / 1000
  return { seconds, messagesPerSecond: (guests * each) / seconds, ...cpu.perMessage(guests * each) }
}
