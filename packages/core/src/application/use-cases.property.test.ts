import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seconds } from '../domain/instant.ts'
import { anyHistory, schedulingHistory } from '../testing/histories/any-history.ts'
import { takePicture } from '../testing/histories/picture.ts'
import { brokenMoves, brokenRules } from '../testing/histories/rules.ts'
import type { Sent } from './commands/send-message.ts'
import type { Outcome } from './transact-once.ts'
import { createHistory, policyOf, type History } from '../testing/histories/take-step.ts'
import type { Step } from '../testing/histories/step.ts'
import { scenario } from '../testing/scenario.ts'

type Check = (history: History, steps: readonly Step[]) => Promise<void>

async function anyHistoryHolds(runs: number, check: Check, histories = anyHistory): Promise<void> {
  const property = fc.asyncProperty(histories, fc.boolean(), async (steps, closesWhenIdle) => {
    const at = await scenario({ sessionDuration: seconds(86_400), ...(closesWhenIdle ? { idleCloseAfter: seconds(7200) } : {}) })
    await check(createHistory(at), steps)
  })
  await fc.assert(property, { numRuns: runs })
}

describe('whatever happens, in whatever order', () => {
  test('each log is gap-free and allowed by the life cycle, each entry is told of once, nothing is delivered twice, and no life cycle is left', async () => {
    await anyHistoryHolds(250, holdsAllTheWay)
  })

  test('the same holds where much is scheduled, moved and taken back while the worker is late', async () => {
    await anyHistoryHolds(250, holdsAllTheWay, schedulingHistory)
  })

  test('a refused command has changed nothing', async () => {
    await anyHistoryHolds(100, async (history, steps) => {
      for (const step of steps) {
        const before = await takePicture(history)
        const outcome = await history.take(step)
        expect(outcome?.ok === false ? await takePicture(history) : before).toEqual(before)
      }
    })
  })

  test('closing twice and reopening twice is closing once and reopening once', async () => {
    await anyHistoryHolds(60, async (history, steps) => {
      for (const step of steps) await history.take(step)
      for (const again of [{ do: 'businessCloses', which: 0 }, { do: 'businessReopens', which: 0 }] as const) {
        await history.take(again)
        const once = await takePicture(history)
        await history.take(again)
        expect(await takePicture(history)).toEqual(once)
      }
    })
  })

  test('a send does what its dry run and the reachability query had said, or is refused as they were', async () => {
    await anyHistoryHolds(100, async ({ take, at }, steps) => {
      for (const step of steps) {
        if (step.do === 'businessSends') await sendAsPlanned(at, step.policy)
        else await take(step)
      }
    })
  })

  test('a key gets one answer and one effect', async () => {
    await anyHistoryHolds(60, async ({ take, at }, steps) => {
      for (const step of steps) await take(step)
      const send = () => at.businessSends('a word of the business', { idempotency: { key: 'the key', fingerprint: 'f' } })

      const first = await send()
      const position = await at.store.lastPosition()
      const second = await send()

      expect(second).toEqual(first.ok ? { ...first, replayed: true } : first)
      expect(await at.store.lastPosition()).toBe(position)
    })
  })

  test('everything scheduled comes to its end, and no appointment is kept for ever', async () => {
    await anyHistoryHolds(100, comesToItsEnd)
    await anyHistoryHolds(300, comesToItsEnd, schedulingHistory)
  })
})

async function holdsAllTheWay(history: History, steps: readonly Step[]): Promise<void> {
  let before = await takePicture(history)
  for (const step of steps) {
    await history.take(step)
    const after = await takePicture(history)
    expect(brokenRules(after)).toEqual([])
    expect(brokenMoves(before, after)).toEqual([])
    before = after
  }
}

async function comesToItsEnd(history: History, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await history.take(step)

  await history.at.timePasses(seconds(90 * 86_400))

  const { messages, sessions } = await takePicture(history)
  expect(messages.filter(({ status }) => status === 'scheduled')).toEqual([])
  expect(sessions.filter(({ ended }) => !ended)).toEqual([])
  expect(await history.at.store.nextTimerAt()).toBeUndefined()
}

async function sendAsPlanned(at: History['at'], stepPolicy: Parameters<typeof policyOf>[0]): Promise<void> {
  const policy = policyOf(stepPolicy, at.clock.now())
  const preview = await at.businessSends('a word of the business', { policy, dryRun: true })
  const reachable = await at.useCases.getReachability({ contactId: at.guest.contact.id, policy })

  const sent = await at.businessSends('a word of the business', { policy })

  expect(planIn(sent)).toEqual(planIn(preview))
  expect(reachable.ok ? { does: reachable.value.does, found: reachable.value.found } : reachable).toEqual(
    preview.ok ? { does: preview.value.message.did, found: preview.value.message.found } : preview,
  )
}

/** What was said before and after must agree on; a message for later says by then only what it found. */
function planIn(result: Outcome<Sent>): unknown {
  if (!result.ok) return result
  const { defer, message } = result.value
  const { found, status, did, deliveries } = message
  return defer ? { defer, found, status } : { found, status, did, deliveries }
}
