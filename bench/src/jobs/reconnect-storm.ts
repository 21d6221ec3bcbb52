import { setTimeout as sleep } from 'node:timers/promises'
import { connectDriver } from '../load/connect-driver.ts'
import type { GuestLink } from '../load/driver.ts'
import type { Job } from '../load/run-job.ts'
import { openCpuWindow } from './cpu-window.ts'
import { inTurn } from './in-turn.ts'
import { option } from './option.ts'

const SETTLE_MILLIS = 1000
const CONNECTING_AT_ONCE = 400
const EVERY_TENTH = 10

/**
 * All guests lose their connection; every tenth is sent a message meanwhile; all come back, as fast as handshakes go, and resume.
 * Timed until the last has its session, and its message if there is one: a lost message would never end.
 */
export const reconnectStorm: Job = async (target, options) => {
  await using driver = connectDriver(target)
  const guests = option(options, 'guests')
  const links: GuestLink[] = []
  await inTurn(guests, CONNECTING_AT_ONCE / 4, async (index) => { links.push(await driver.connectGuest(index)) })
  await sleep(SETTLE_MILLIS)
  for (const link of links) link.drop()
  await sleep(SETTLE_MILLIS)
  await inTurn(guests / EVERY_TENTH, 16, (number) => driver.sendToGuest(number * EVERY_TENTH, 1))
  await sleep(SETTLE_MILLIS)

  const cpu = openCpuWindow(target.processes)
  const start = performance.now()
  await inTurn(guests, CONNECTING_AT_ONCE, async (index) => {
    const link = await driver.connectGuest(index)
    if (index % EVERY_TENTH === 0) await link.received(1)
  })
  return { seconds: (performance.now() - start) / 1000, ...cpu.perMessage(guests) }
}
