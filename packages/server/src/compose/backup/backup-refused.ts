import { RefusedWithRemedies } from '../../adapters/sql/refused-with-remedies.ts'

/** A backup or a restoring that cannot be, or that would destroy something. Nothing that was there before has changed. */
export class BackupRefused extends RefusedWithRemedies {
  override readonly name = 'BackupRefused'
}
