import { between, seconds, type Duration, type Instant } from '../instant.ts'

/**
 * Longer than a worker ever leaves alone what is due: another's lease on it, and then the longest pause between two tries
 * (`server/src/worker/worker.ts`).
 */
const patience: Duration = seconds(45)

/** Since when something should have been done that nobody does. Undefined while whoever is to do it may only be a little late. */
export function overdueSince(dueAt: Instant | undefined, now: Instant): Instant | undefined {
  return dueAt !== undefined && between(dueAt, now) > patience ? dueAt : undefined
}
