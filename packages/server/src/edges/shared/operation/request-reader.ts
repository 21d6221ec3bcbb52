import type { FastifyRequest } from 'fastify'
import { type CompiledSchema, compileSchema, inBody, inQuery, type Operation } from '@beckon/protocol'
import { invalidRequestDraft, unfitFaults, type ProblemDraft } from '../http-refused.ts'
import { createQueryReader } from './query-values.ts'

export interface RequestParts {
  readonly ok: true
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

export type RequestReader = (request: FastifyRequest) => RequestParts | { readonly ok: false; readonly draft: ProblemDraft }

/** Checks the parts of a request against the operation's schemas; all faults of query and body are told together. */
export function createRequestReader(operation: Operation): RequestReader {
  const params = operation.params && compileSchema(operation.params, inBody)
  const query = operation.query && compileSchema(operation.query, inQuery)
  const body = operation.body && compileSchema(operation.body, inBody)
  const readQuery = operation.query && createQueryReader(operation.query)
  return (request) => {
    if (params && !params.fits(request.params)) return { ok: false, draft: unknownAddress(request.params) }
    const queryValues = readQuery?.(recordOf(request.query))
    const bodyValue = body && (request.body === undefined ? {} : request.body)
    const faults = [...unfitFaults(queryValues, inQuery), ...faultsIn(query, queryValues), ...faultsIn(body, bodyValue)]
    if (faults.length > 0) return { ok: false, draft: invalidRequestDraft(faults) }
    return { ok: true, params: request.params, query: queryValues, body: bodyValue }
  }
}

function faultsIn(schema: CompiledSchema | undefined, value: unknown): ReturnType<CompiledSchema['faults']> {
  return schema === undefined || schema.fits(value) ? [] : schema.faults(value)
}

/** Any text is an address; one that no id could be leads nowhere, which is a 404 and not a 400. */
function unknownAddress(params: unknown): ProblemDraft {
  const [[name, value] = ['id', '']] = Object.entries(recordOf(params))
  const noun = name.replace(/Id$/, '')
  const detail = value === '' ? `The path ends where the id of a ${noun} should be.` : `There is no ${noun} ${String(value).slice(0, longestEcho)}.`
  return { code: 'not_found', detail }
}

const longestEcho = 80

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
