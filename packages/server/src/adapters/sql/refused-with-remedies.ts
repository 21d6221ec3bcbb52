/** Something that whoever looks after an installation asked for cannot be done, and what they can do about it. */
export abstract class RefusedWithRemedies extends Error {
  /** One step a line. */
  readonly remedies: readonly string[]

  constructor(message: string, remedies: readonly string[] = [], options: ErrorOptions = {}) {
    super(message, options)
    this.remedies = remedies
  }
}
