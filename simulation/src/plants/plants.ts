import { ackBeforeCommit } from './ack-before-commit.ts'
import { deafFollower } from './deaf-follower.ts'
import { doubleClaim } from './double-claim.ts'
import { forgetfulKeys } from './forgetful-keys.ts'
import { hastyCatchUp } from './hasty-catch-up.ts'
import type { Plant } from './plant.ts'
import { skippingCursor } from './skipping-cursor.ts'

/** Known bugs, by name: a checker that does not find them finds nothing. */
export const plants = {
  'ack-before-commit': ackBeforeCommit,
  'skipping-cursor': skippingCursor,
  'double-claim': doubleClaim,
  'deaf-follower': deafFollower,
  'forgetful-keys': forgetfulKeys,
  'hasty-catch-up': hastyCatchUp,
  'own-clocks': { name: 'own-clocks', clocks: 'own' },
} as const satisfies Readonly<Record<string, Plant>>
