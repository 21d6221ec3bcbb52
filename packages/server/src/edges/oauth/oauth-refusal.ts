import type { FastifyReply } from 'fastify'
import type { OAuthError } from '@beckon/protocol'

/** A refusal of an `/oauth` endpoint (RFC 6749, section 5.2). */
export interface OauthRefusal {
  readonly ok: false
  readonly status: 400 | 401 | 406 | 413 | 415 | 429 | 500 | 503
  readonly error: OAuthError['error']
  readonly description: string
  readonly headers?: Readonly<Record<string, string>>
}

export function oauthRefusal(error: OAuthError['error'], description: string): OauthRefusal {
  return { ok: false, status: 400, error, description }
}

export function sendOauthRefusal(reply: FastifyReply, { status, error, description, headers }: OauthRefusal): FastifyReply {
  const body: OAuthError = { error, error_description: asciiOnly(description) }
  return reply.code(status).headers({ ...notStored, ...headers }).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** RFC 6749, section 5.1: whatever concerns tokens is kept by nobody on the way. */
export const notStored = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** Section 5.2 allows printable ASCII without quotes and backslashes. */
function asciiOnly(text: string): string {
  return text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")
}
