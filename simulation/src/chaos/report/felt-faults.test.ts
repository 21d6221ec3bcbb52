import { expect, test } from 'vitest'
import { feltFaults } from './felt-faults.ts'
import type { StruckFault } from './report.ts'

const aFault = (kind: string, at: number, wholeAt: number): StruckFault => ({ kind, what: kind, calmFrom: at, at, wholeAt, recoveredAt: wholeAt + 10 })
const aCall = (from: number, until: number, givenUp = 0) => ({ of: 'backend' as const, from, until, givenUp })

test('a call that outlasts several faults is felt as the first one that it met', () => {
  const struck = [aFault('kill-node', 100, 200), aFault('stop-nats', 300, 400)]

  const felt = feltFaults(struck, [aCall(150, 350, 2), aCall(290, 310)])

  expect(felt).toMatchObject([
    { kind: 'kill-node', count: 1, backend: { worst: 200, median: 200 }, givenUp: 2 },
    { kind: 'stop-nats', count: 1, backend: { worst: 20, median: 20 }, givenUp: 0 },
  ])
})

test('what comes between two faults is felt as the aftermath of the earlier one', () => {
  const struck = [aFault('kill-node', 100, 200), aFault('stop-nats', 300, 400)]

  const [killed] = feltFaults(struck, [aCall(250, 290)])

  expect(killed).toMatchObject({ kind: 'kill-node', backend: { worst: 40 } })
})

test('the median is that of the faults of a kind, each by its longest call', () => {
  const struck = [aFault('kill-node', 0, 10), aFault('kill-node', 1000, 1010), aFault('kill-node', 2000, 2010)]

  const [killed] = feltFaults(struck, [aCall(5, 6), aCall(5, 25), aCall(1005, 1035), aCall(2005, 2905)])

  expect(killed).toMatchObject({ count: 3, backend: { worst: 900, median: 30 }, guest: { worst: 0 } })
})
