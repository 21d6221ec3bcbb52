import type { ExitName } from './exit-codes.ts'

/** A command that ends early with a reason and, where there is one, a remedy. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly exit: ExitName
  /** What to do about it, one step a line. */
  readonly remedies: readonly string[]

  constructor(exit: ExitName, message: string, remedies: readonly string[] = []) {
    super(message)
    this.exit = exit
    this.remedies = remedies
  }
}
