import { seconds, StoreUnavailable } from '@beckon/core'
import { createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { watchOutage } from './outage.ts'

const lost = new StoreUnavailable('the store is unavailable: connect ECONNREFUSED')
const slow = new StoreUnavailable('the store is unavailable: canceling statement due to statement timeout')

function aNode(level = 'info') {
  const clock = createFakeClock()
  const lines: string[] = []
  const node = { isThere: false, pings: 0 }
  const outage = watchOutage({
    isLost: (error) => error === lost,
    async ping() {
      node.pings += 1
      if (!node.isThere) throw lost
    },
    clock,
    timers: createFakeTimers(clock),
    log: createLog(level, { write: (line) => void lines.push(line) }),
  })
  return {
    ...outage, node,
    said: (): unknown[] => lines.map((line) => JSON.parse(line)),
    async pass(count: number) {
      for (let each = 0; each < count; each += 1) {
        clock.advance(seconds(1))
        await new Promise(setImmediate)
      }
    },
  }
}

test('a database that goes away is told of once, and once when it is back, with how long it was', async () => {
  const at = aNode()
  for (let each = 0; each < 100; each += 1) at.log.warn({ err: lost }, 'store unavailable')
  at.log.error({ err: lost }, 'a guest’s request failed')

  await at.pass(5)
  at.node.isThere = true
  await at.pass(3)

  expect(at.said()).toMatchObject([
    { level: 'warn', msg: 'the database is away; this is said once, until it is back', err: { message: expect.stringContaining('ECONNREFUSED') } },
    { level: 'info', msg: 'the database is back', awaySeconds: 6, unsaid: 100 },
  ])
  expect(at.node.pings).toBe(6)
})

test('when it goes away a second time, that is said again', async () => {
  const at = aNode()
  at.node.isThere = true
  at.log.warn({ err: lost }, 'store unavailable')
  await at.pass(1)

  at.log.warn({ err: lost }, 'store unavailable')
  await at.pass(1)

  expect(at.said()).toHaveLength(4)
})

test('whatever else goes wrong is said as it always is, meanwhile too', () => {
  const at = aNode()
  at.log.warn({ err: lost }, 'store unavailable')

  at.log.warn({ err: slow, contextId: 'r' }, 'store unavailable')
  at.log.error({ err: new TypeError('a bug') }, 'request failed')
  at.log.warn('a setting is odd')
  at.log.info({ port: 1 }, 'serving')

  expect(at.said().slice(1)).toMatchObject([{ msg: 'store unavailable', contextId: 'r' }, { msg: 'request failed' }, { msg: 'a setting is odd' }, { msg: 'serving', port: 1 }])
})

test('who listens closely hears each of them all the same', () => {
  const at = aNode('debug')

  at.log.warn({ err: lost, contextId: 'r' }, 'store unavailable')

  expect(at.said()).toMatchObject([{ level: 'warn' }, { level: 'debug', contextId: 'r', msg: 'store unavailable' }])
})

test('nobody is asked any more when the node has ended', async () => {
  const at = aNode()
  at.log.warn({ err: lost }, 'store unavailable')
  at[Symbol.dispose]()

  await at.pass(3)

  expect(at.node.pings).toBe(0)
})
