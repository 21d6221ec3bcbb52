import { expect, test } from 'vitest'
import { anEntry, aState, aThread } from '../testing/builders.ts'
import { waitingCard } from './waiting-card.ts'

const cursors = { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 }
const asked = anEntry({ seq: 1 })
const proactive = anEntry({ seq: 2, proactive: true })
const later = anEntry({ seq: 3, proactive: true })

test('the latest proactive message that is neither seen nor dismissed waits', () => {
  expect(waitingCard(aState([aThread([asked, proactive, later])]))).toBe(later)
})

test('a message that was asked for is no card', () => {
  expect(waitingCard(aState([aThread([asked])]))).toBeUndefined()
})

test.each([{ seenSeq: 3 }, { dismissedSeq: 3 }])('a message with %o waits no more', (moved) => {
  const guest = { ...cursors, ...moved }

  expect(waitingCard(aState([aThread([asked, proactive, later], { guest })]))).toBeUndefined()
})

test('a message taken back waits no more', () => {
  expect(waitingCard(aState([aThread([asked, { ...proactive, withdrawn: true }])]))).toBeUndefined()
})
