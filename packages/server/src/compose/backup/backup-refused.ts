/** A backup or a restoring that cannot be, or that would destroy something. Nothing that was there before has changed. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
  /** What to do about it, one step a line. */
  readonly remedies: readonly string[]

  constructor(message: string, remedies: readonly string[] = [], options: ErrorOptions = {}) {
    super(message, options)
    this.remedies = remedies
  }
}
