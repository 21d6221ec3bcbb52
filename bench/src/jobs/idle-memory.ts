import { setTimeout as sleep } from 'node:timers/promises'
import { connectDriver } from '../load/connect-driver.ts'
import type { Job } from '../load/run-job.ts'
import { residentBytes } from '../process-accounting.ts'
import { must } from '../must.ts'
import { inTurn } from './in-turn.ts'
import { option } from './option.ts'

const CONNECTING_AT_ONCE = 100

/**
 * Resident memory of the server with few and with many idle guests. The difference divided by the connections between leaves out what
 * a server needs once: compiled code, caches, a grown heap.
 */
export const idleMemory: Job = async (target, options) => {
  await using driver = connectDriver(target)
  const serverPid = must(target.processes[0], 'the server').pid
  const few = option(options, 'few')
  const many = option(options, 'many')
  await inTurn(few, CONNECTING_AT_ONCE, async (index) => { await driver.connectGuest(index) })
  await sleep(option(options, 'settleMillis'))
  const residentWithFew = residentBytes(serverPid)
  await inTurn(many - few, CONNECTING_AT_ONCE, async (index) => { await driver.connectGuest(few + index) })
  await sleep(option(options, 'settleMillis'))
  const residentWithMany = residentBytes(serverPid)
  return { bytesPerConnection: (residentWithMany - residentWithFew) / (many - few), residentMegabytes: residentWithMany / 1e6 }
}
