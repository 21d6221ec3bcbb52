import fc from 'fast-check'
import { instant, toId } from '@beckon/core'
import { expect, test } from 'vitest'
import { pend, type Pending } from './pending.ts'
import { createQueue } from './queue.ts'

const now = instant(1000)

test('decisions about one thing are taken in their order, and never while it is in hand', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ask' as const), about: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('take' as const) }),
    fc.record({ kind: fc.constant('finish' as const), which: fc.nat(2), isAgain: fc.boolean() }),
  )
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const queue = createQueue()
    const asked: Pending[] = []
    const hands: { readonly batch: readonly Pending[]; readonly release: () => void }[] = []
    const finished: Pending[] = []
    const clashes: string[] = []
    for (const one of steps) {
      if (one.kind === 'ask') {
        const pending = ask(one.about.map(String))
        asked.push(pending)
        queue.add(pending)
      } else if (one.kind === 'take') {
        const taken = queue.next(now)
        const others = new Set(hands.flatMap(({ batch }) => batch.flatMap(({ keys }) => [...keys])))
        clashes.push(...taken.batch.flatMap(({ keys }) => [...keys]).filter((key) => others.has(key)))
        hands.push(taken)
      } else {
        const [hand] = hands.splice(one.which, 1)
        if (one.isAgain) queue.putBack(hand?.batch ?? [])
        else finished.push(...(hand?.batch ?? []))
        hand?.release()
      }
    }
    expect(clashes).toEqual([])
    for (const key of ['1', '2', '3', '4']) {
      const about = (all: readonly Pending[]) => all.filter(({ keys }) => keys.has(`answer ${key}`)).map((pending) => asked.indexOf(pending))
      expect(about(finished)).toEqual(about(finished).toSorted((left, right) => left - right))
    }
  }))
})

test('what waits for longer than it may is given back as late, and keeps nobody', () => {
  const queue = createQueue()
  const [late, fresh] = [ask(['1'], instant(1000)), ask(['1'], instant(2000))]
  queue.add(late)
  queue.add(fresh)

  expect(queue.next(now)).toMatchObject({ batch: [fresh], late: [late] })
})

test('who is to be tried alone shares a batch with nobody', () => {
  const queue = createQueue()
  const [one, alone, other] = [ask(['1']), ask(['2']), ask(['3'])]
  alone.isAlone = true
  for (const pending of [one, alone, other]) queue.add(pending)

  expect(queue.next(now).batch).toEqual([one, other])
  expect(queue.next(now).batch).toEqual([alone])
})

test('what is found to be about more is let go of as it was taken', () => {
  const queue = createQueue()
  const pending = ask(['1'])
  queue.add(pending)
  const { batch, release } = queue.next(now)
  pending.keys.add('contact 7')
  queue.putBack(batch)
  release()

  expect(queue.next(now).batch).toEqual([pending])
  expect(queue.length).toBe(0)
})

/** Something that is about these answers. */
function ask(keys: readonly string[], until = instant(9000)): Pending {
  const pending = pend({ need: {}, decide: () => ({ result: toId('nothing'), changes: [] }) }, until, { resolve: () => undefined, reject: () => undefined })
  for (const key of keys) pending.keys.add(`answer ${key}`)
  return pending
}
