import { seconds, StoreUnavailable } from '@beckon/core'
import { createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { describe, expect, test } from 'vitest'
import { createLog } from './log.ts'
import { watchOutage } from './outage.ts'

const lost = new StoreUnavailable('the store is unavailable: connect ECONNREFUSED')
const slow = new StoreUnavailable('the store is unavailable: canceling statement due to statement timeout')

interface Database {
  /** What it does when it is asked whether it is there. */
  does: 'answer' | 'refuse' | 'fail' | 'nothing'
  asked: number
  /** Lets whoever was answered nothing know that they waited in vain. */
  giveUp: () => void
}

function aNode(database: Partial<Database> = {}, level = 'info') {
  const clock = createFakeClock()
  const lines: string[] = []
  const at: Database = { does: 'fail', asked: 0, giveUp: () => undefined, ...database }
  const outage = watchOutage({
    isLost: (error) => error === lost,
    async ping() {
      at.asked += 1
      if (at.does === 'fail') throw lost
      if (at.does === 'refuse') throw slow
      if (at.does === 'nothing') await new Promise((_resolve, reject) => (at.giveUp = () => reject(lost)))
    },
    clock,
    timers: createFakeTimers(clock),
    log: createLog(level, { write: (line) => void lines.push(line) }),
  })
  return {
    ...outage,
    database: at,
    said: (): unknown[] => lines.map((line) => JSON.parse(line)),
    asked,
    async pass(count: number) {
      for (let each = 0; each < count; each += 1) {
        clock.advance(seconds(1))
        await asked()
      }
    },
  }
}

/** What was asked of the database is answered. */
const asked = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

describe('a database that goes away', () => {
  test('is told of once, and once when it is back, with how long it was', async () => {
    const at = aNode()
    for (let each = 0; each < 100; each += 1) at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()
    at.log.error({ err: lost }, 'a guest’s request failed')

    await at.pass(5)
    at.database.does = 'answer'
    await at.pass(3)

    expect(at.said()).toMatchObject([
      { level: 'warn', msg: 'the database is away; this is said once, until it is back', err: { message: expect.stringContaining('ECONNREFUSED') } },
      { level: 'info', msg: 'the database is back', awaySeconds: 6, unsaid: 100 },
    ])
    expect(at.database.asked).toBe(7)
  })

  test('is told of again when it goes a second time', async () => {
    const at = aNode()
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()
    at.database.does = 'answer'
    await at.pass(1)

    at.database.does = 'fail'
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()
    at.database.does = 'answer'
    await at.pass(1)

    expect(at.said()).toHaveLength(4)
  })

  test('hides nothing else that goes wrong meanwhile', async () => {
    const at = aNode()
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()

    at.log.warn({ err: slow, contextId: 'r' }, 'store unavailable')
    at.log.error({ err: new TypeError('a bug') }, 'request failed')
    at.log.warn('a setting is odd')
    at.log.info({ port: 1 }, 'serving')

    expect(at.said().slice(1)).toMatchObject([{ msg: 'store unavailable', contextId: 'r' }, { msg: 'request failed' }, { msg: 'a setting is odd' }, { msg: 'serving', port: 1 }])
  })

  test('is told of by each whom it fails to those who listen closely', async () => {
    const at = aNode({}, 'debug')

    at.log.warn({ err: lost, contextId: 'one' }, 'store unavailable')
    await at.asked()
    at.log.warn({ err: lost, contextId: 'two' }, 'store unavailable')

    expect(at.said()).toMatchObject([{ level: 'warn' }, { level: 'debug', contextId: 'one', msg: 'store unavailable' }, { level: 'debug', contextId: 'two' }])
  })
})

describe.for([
  { does: 'answer', what: 'answers' },
  { does: 'refuse', what: 'says at least that it has no time' },
] as const)('a database that fails some, but $what when it is asked', ({ does }) => {
  test('is not away, and whatever failed is said as it was', async () => {
    const at = aNode({ does })

    at.log.warn({ err: lost, contextId: 'one' }, 'store unavailable')
    at.log.error({ err: lost, contextId: 'two' }, 'a guest’s request failed')
    await at.asked()
    await at.pass(3)

    expect(at.said()).toMatchObject([
      { level: 'warn', contextId: 'one', msg: 'store unavailable' },
      { level: 'error', contextId: 'two', msg: 'a guest’s request failed' },
    ])
    expect(at.database.asked).toBe(1)
  })

  test('is asked anew at the next failure, when it may be gone', async () => {
    const at = aNode({ does })
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()

    at.database.does = 'fail'
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()

    expect(at.said()).toMatchObject([{ msg: 'store unavailable' }, { msg: expect.stringContaining('the database is away') }])
  })
})

describe('when the node has ended', () => {
  test('nobody is asked any more', async () => {
    const at = aNode()
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()
    at[Symbol.dispose]()

    await at.pass(3)

    expect(at.database.asked).toBe(1)
  })

  test('nobody is asked any more even if the answer was still awaited', async () => {
    const at = aNode()
    at.log.warn({ err: lost }, 'store unavailable')
    await at.asked()
    at.database.does = 'nothing'
    await at.pass(1)
    at[Symbol.dispose]()

    at.database.giveUp()
    await at.asked()
    await at.pass(3)

    expect(at.database.asked).toBe(2)
  })

  test('what waited for the first answer is said, and so is what fails later', async () => {
    const at = aNode({ does: 'nothing' })
    at.log.warn({ err: lost, contextId: 'one' }, 'store unavailable')
    at[Symbol.dispose]()

    at.log.error({ err: lost, contextId: 'two' }, 'a guest’s request failed')
    at.database.giveUp()
    await at.asked()

    expect(at.said()).toMatchObject([{ level: 'warn', contextId: 'one' }, { level: 'error', contextId: 'two' }])
    expect(at.database.asked).toBe(1)
  })
})
