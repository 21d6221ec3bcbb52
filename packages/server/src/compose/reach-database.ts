import { misdirectionOf } from '../adapters/postgres/failure.ts'
import { ConfigError } from '../config/config-error.ts'

/**
 * Runs what reaches for the database first. Where its address leads to no database, or it does not let this user in, the configuration
 * is at fault; anything else, such as a database that does not answer now, may be over the next time, and is thrown as it is.
 */
export async function reachDatabase<T>(reach: () => Promise<T>): Promise<T> {
  try {
    return await reach()
  } catch (error) {
    const fault = misdirectionOf(error)
    throw fault === undefined ? error : new ConfigError([`BECKON_DATABASE_URL is of no use: ${fault}.`])
  }
}
