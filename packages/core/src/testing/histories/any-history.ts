import fc from 'fast-check'
import type { Step, StepPolicy } from './step.ts'

const index = fc.nat({ max: 5 })
const soon = fc.integer({ min: 1, max: 3000 })
const shortly = fc.integer({ min: 1, max: 60 })
const later = fc.integer({ min: 61, max: 120 })
const clientId = fc.constantFrom('c1', 'c2', 'c3')
const key = fc.constantFrom('k1', 'k2')

const policy: fc.Arbitrary<StepPolicy> = fc.record(
  {
    whenClosed: fc.constantFrom('reopen', 'append', 'startLinked', 'reject'),
    whenUnreachable: fc.constantFrom('store', 'store', 'reject'),
    sendIn: soon,
    expiresIn: fc.integer({ min: 1, max: 6000 }),
    unless: fc.constantFrom(['replied'], ['seen'], ['replied', 'seen']),
    supersedeKey: fc.constantFrom('s1', 's2'),
    purpose: fc.constantFrom('service', 'marketing'),
  },
  { requiredKeys: [] },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('guestWrites'), clientId }, { requiredKeys: ['do'] }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('guestArrives'), startNew: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('guestJoins') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('guestAcknowledges'), delivered: fc.nat({ max: 12 }), seen: fc.nat({ max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('guestClears', 'businessErases') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('guestComes', 'guestGoes') }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('businessSends'), policy, proactive: fc.boolean(), key }, { requiredKeys: ['do', 'policy', 'proactive'] }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('businessCloses', 'businessReopens'), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('businessCancels'), which: index }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('businessReschedules'), which: index, sendIn: soon, expiresIn: soon }, { requiredKeys: ['do', 'which', 'sendIn'] }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('businessEndsSession'), reason: fc.constantFrom('ended_by_backend', 'revoked') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('contactOptsOut'), out: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('deploymentChanges'),
      guestWritesAfterClose: fc.constantFrom('reopen', 'startLinked', 'readOnly'),
      afterExpiry: fc.constantFrom('show', 'unreadOnly', 'forget'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('workerKeepsWhatItClaimed') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('workerIsLate'), minutes: fc.integer({ min: 1, max: 6000 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('timePasses'), minutes: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 20_000 })) }) },
)

const scheduledSend: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('businessSends'),
  policy: fc.record({ sendIn: shortly, expiresIn: later, unless: fc.constant(['replied'] as const) }, { requiredKeys: ['sendIn'] }),
  proactive: fc.constant(true),
})

const changeOfMind: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('businessReschedules'), which: fc.nat({ max: 1 }), sendIn: shortly, expiresIn: later }, { requiredKeys: ['do', 'which', 'sendIn'] }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('businessCancels'), which: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('guestComes', 'guestWrites', 'workerKeepsWhatItClaimed') }) },
)

/** The worker claims what is due, minds change, and only then does it keep what it had claimed. */
const lateKeeping: fc.Arbitrary<readonly Step[]> = fc
  .tuple(shortly, fc.array(changeOfMind, { maxLength: 2 }))
  .map(([minutes, meanwhile]) => [{ do: 'workerIsLate', minutes }, ...meanwhile, { do: 'workerKeepsWhatItClaimed' }])

/** Any course of events, as far as the commands of the product can bring it about. */
export const anyHistory: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' })

/** Much is scheduled, moved and taken back within hours, while the worker is late. */
export const schedulingHistory: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.oneof(scheduledSend.map((send) => [send]), lateKeeping), { minLength: 1, maxLength: 8, size: 'max' })
  .map((parts) => parts.flat())
