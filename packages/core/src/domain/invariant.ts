/** A bug of ours: something the rules make impossible has happened. Ends the request; never shown to a caller. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken'
}

export function invariant(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new InvariantBroken(claim)
}

/** The value, or a bug: for what the surrounding code has already made certain. */
export function must<T>(value: T | undefined | null, claim: string): T {
  if (value === undefined || value === null) throw new InvariantBroken(claim)
  return value
}

export function unreachable(value: never): never {
  throw new InvariantBroken(`unreachable: ${JSON.stringify(value)}`)
}
