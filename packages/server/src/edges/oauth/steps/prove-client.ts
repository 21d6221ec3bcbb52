import { toId, type OAuthClient, type Reader, type Secrets } from '@beckon/core'
import type { GuessLimits } from '../../shared/limits/guess-limits.ts'
import type { OauthRefusal } from '../oauth-refusal.ts'
import { invalidClient, type Credentials } from './read-credentials.ts'

export interface ProveDeps {
  readonly reader: Pick<Reader, 'oauthClient'>
  readonly secrets: Pick<Secrets, 'matches'>
  readonly limits: GuessLimits
}

const nobody = '0'.repeat(64)

/** The client behind the credentials. An unknown one and a wrong secret are one answer, and take the same time. */
export async function proveClient(
  { reader, secrets, limits }: ProveDeps,
  credentials: Credentials,
  address: string,
): Promise<{ readonly ok: true; readonly value: OAuthClient } | OauthRefusal> {
  const attempt = await limits.attempt(address, credentials.clientId, async () => {
    const client = await reader.oauthClient(toId(credentials.clientId))
    const matches = secrets.matches(credentials.secret, client?.secretHash ?? nobody)
    return matches ? client : undefined
  })
  if ('waitSeconds' in attempt) return tooManyGuesses(attempt.waitSeconds)
  return attempt.judged ? { ok: true, value: attempt.judged } : invalidClient('The client is unknown, or its secret is wrong.')
}

function tooManyGuesses(waitSeconds: number): OauthRefusal {
  return {
    ok: false,
    status: 429,
    error: 'temporarily_unavailable',
    description: `Too many failed attempts. Try again in ${waitSeconds} s.`,
    headers: { 'retry-after': String(waitSeconds) },
  }
}
