import { HttpRefused } from '../shared/http-refused.ts'
import { oauthRefusal, type OauthRefusal } from './oauth-refusal.ts'

/** What was wrong with a body that could not be read, in OAuth's own words; undefined for what is no fault of the caller's. */
export function refusalOfError(error: unknown): OauthRefusal | undefined {
  if (error instanceof HttpRefused && error.draft.code === 'invalid_request') return oauthRefusal('invalid_request', error.draft.detail)
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return { ...oauthRefusal('invalid_request', 'Send application/x-www-form-urlencoded, or application/json.'), status: 415 }
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { ...oauthRefusal('invalid_request', 'The body is too large.'), status: 413 }
  return undefined
}
