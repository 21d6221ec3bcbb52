import type { OAuthClient as CoreClient } from '@beckon/core'
import type { OAuthClient } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

export function renderClient({ id, name, scopes, tokenLifetime, createdAt, updatedAt }: CoreClient): OAuthClient {
  return { id, name, scopes, tokenLifetimeSeconds: tokenLifetime / 1000, createdAt: timeOf(createdAt), updatedAt: timeOf(updatedAt) }
}
