import type { FastifyRequest } from 'fastify'
import { FilesUnavailable, IdentityProviderUnavailable, StoreUnavailable } from '@beckon/core'
import { HttpRefused, invalidRequestDraft, type ProblemDraft } from '../http-refused.ts'

/** The part of a structured log that edges write to. */
export interface EdgeLog {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
}

const retryAfterSeconds = '1'

/** What a thrown error tells the caller: the little that they can act on. Everything else goes to the log. */
export function draftOfError(error: unknown, request: FastifyRequest, log: EdgeLog): ProblemDraft {
  if (error instanceof HttpRefused) return error.draft
  if (error instanceof StoreUnavailable) {
    log.warn({ err: error, contextId: request.id }, 'store unavailable')
    return { code: 'unavailable', detail: 'The store is away for the moment. Nothing was half-done.', headers: { 'retry-after': retryAfterSeconds } }
  }
  if (error instanceof IdentityProviderUnavailable) {
    log.warn({ err: error, contextId: request.id }, 'identity provider unavailable')
    return { code: 'unavailable', detail: 'The identity provider is away for the moment, or does not know this server. Nothing was half-done.', headers: { 'retry-after': '5' } }
  }
  if (error instanceof FilesUnavailable) {
    log.warn({ err: error, contextId: request.id }, 'files unavailable')
    return { code: 'unavailable', detail: 'The place of the files is away for the moment, or full. Nothing was half-done.', headers: { 'retry-after': '5' } }
  }
  const known = frameworkDraft(error, request)
  if (known) return known
  log.error({ err: error, contextId: request.id, method: request.method, route: request.routeOptions.url }, 'request failed')
  return { code: 'internal', detail: 'Something went wrong here, not in the request.' }
}

function frameworkDraft(error: unknown, request: FastifyRequest): ProblemDraft | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return frameworkRows[error.code]?.(request)
}

const frameworkRows: Readonly<Record<string, (request: FastifyRequest) => ProblemDraft>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (request) => ({
    code: 'payload_too_large',
    detail: `A body has at most ${request.server.initialConfig.bodyLimit} bytes.`,
    headers: { connection: 'close' },
  }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupported,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => invalidRequestDraft([{ pointer: 'Content-Length', detail: 'does not match the body' }]),
  FST_ERR_MAX_PARAM_LENGTH: () => ({ code: 'not_found', detail: 'No id is as long as the one in the path.' }),
  FST_ERR_BAD_URL: () => invalidRequestDraft([{ pointer: 'path', detail: 'holds a % that begins no valid UTF-8 character' }]),
  ECONNRESET: () => invalidRequestDraft([{ pointer: '#', detail: 'was cut off' }]),
}

function unsupported(request: FastifyRequest): ProblemDraft {
  const given = request.headers['content-type']
  const detail = given === undefined ? 'The body has no Content-Type' : `${given} is not understood here`
  return { code: 'unsupported_media_type', detail: `${detail}: send application/json.`, headers: { 'accept-post': 'application/json' } }
}
