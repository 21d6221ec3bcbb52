import type { FastifyRequest } from 'fastify'
import { canonicalPath, operations, spellingIds, spellings, type Spelling } from '@beckon/protocol'
import { textsOf } from './record-of.ts'

/**
 * Where the same call stands by its documented name, and the page that explains the move. A spelling is neither deprecated nor
 * an older version, so neither `Deprecation` nor `successor-version` would be true of it (ADR 0028).
 */
export function linksOf({ method, routeOptions, params }: Pick<FastifyRequest, 'method' | 'routeOptions' | 'params'>): string | undefined {
  const row = byRoute.get(`${method} ${routeOptions.url}`)
  if (row === undefined) return undefined
  const { method: verb, path } = operations[row.canonical]
  return `<${canonicalPath(row, textsOf(params))}>; rel="canonical", </docs/coming-from#${row.operationId}>; rel="help"; title="${verb} ${path}"`
}

const byRoute: ReadonlyMap<string, Spelling> = new Map(
  spellingIds.map((id) => [`${spellings[id].method} ${spellings[id].path.replaceAll(/\{(\w+)\}/g, ':$1')}`, spellings[id]]),
)
