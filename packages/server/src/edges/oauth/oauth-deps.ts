import type { Bus, Clock, Reader, Secrets, UseCases } from '@beckon/core'
import type { Authenticate } from '../shared/authenticate.ts'

export interface OauthDeps {
  readonly useCases: Pick<UseCases, 'issueToken' | 'revokeToken'>
  readonly reader: Pick<Reader, 'accessToken' | 'oauthClient'>
  readonly clock: Clock
  readonly secrets: Secrets
  readonly bus: Bus
  /** Scheme, host and port without a slash at the end: the issuer. */
  readonly publicUrl: string
  readonly authenticate: Authenticate
}
