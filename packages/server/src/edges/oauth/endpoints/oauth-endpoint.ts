import type { OAuthClient } from '@beckon/core'
import type { OauthRefusal } from '../oauth-refusal.ts'
import type { Parameters } from '../steps/read-parameters.ts'

export interface OauthRequest {
  readonly client: OAuthClient
  readonly parameters: Parameters
}

/** What is particular to one endpoint; reading, authentication and refusing are the same for all. */
export interface OauthEndpoint<T> {
  /** What is wrong with the request whoever sent it. */
  readonly check: (parameters: Parameters) => OauthRefusal | undefined
  readonly answer: (request: OauthRequest) => Promise<{ readonly ok: true; readonly value: T | undefined } | OauthRefusal>
}
