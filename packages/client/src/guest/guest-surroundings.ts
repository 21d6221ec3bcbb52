/** What a guest needs of the machine it runs on. */
export interface GuestSurroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** An unguessable UUID: session tokens, client ids and tracing ids are made of it. */
  readonly newId: () => string
  /** Runs `task` once after `delayMs`. Returns the function that calls it off. */
  readonly schedule: (delayMs: number, task: () => void) => () => void
}
