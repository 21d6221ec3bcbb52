import { type Action, compileSchema, inBody, type Operation, servedRows } from '@beckon/protocol'
import type { ProblemDraft } from '../http-refused.ts'
import type { RouteIndex } from '../route-index.ts'
import { isForPrograms, readingAt, scopeFor } from './reading.ts'

/** A call to where nothing of that verb is. */
export interface LostCall {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** As far as it could be read. */
  readonly body: unknown
}

/** What is said of a path or a verb that is not served: the nearest that is, and the call made right where that can be done. */
export function lostCallDraft(routes: RouteIndex, call: LostCall): ProblemDraft {
  const methods = routes.methodsAt(call.path)
  return methods.length > 0 ? otherVerb(routes, methods, call) : unknownPath(routes, call)
}

/** The last word of a path may also be a misspelt one that was taken for an id. */
function otherVerb(routes: RouteIndex, methods: readonly string[], { method, path }: LostCall): ProblemDraft {
  const closest = routes.closestTo(method, path)
  const hint = closest?.methods.includes(method) ? ` The closest with ${method} is ${closest.path}.` : ''
  const allow = methods.join(', ')
  const reading = readingAt(path)
  return {
    code: 'method_not_allowed',
    detail: `${method} is not served here: ${allow} ${methods.length === 1 ? 'is' : 'are'}.${hint}`,
    headers: { allow },
    ...(reading ? { actions: [reading] } : {}),
  }
}

function unknownPath(routes: RouteIndex, call: LostCall): ProblemDraft {
  const closest = routes.closestTo(call.method, call.path)
  const hint = closest === undefined ? 'The API is described at /openapi.json.' : `The closest is ${closest.path}.`
  const action = closest && madeRight(closest.path, call)
  return { code: 'not_found', detail: `There is no ${call.path} here. ${hint}`, ...(action ? { actions: [action] } : {}) }
}

/** The same verb, ids and body at the documented path; nothing where ids are missing or the body is for something else. */
function madeRight(documented: string, { method, path, body }: LostCall): Action | undefined {
  const row = servedRows.find((one) => one.method === method && one.path === documented)
  if (!row || !isForPrograms(row)) return undefined
  const ids = path.split('/').filter((segment) => /\d/.test(segment) && segment.length >= shortestId)
  const href = fill(documented, ids)
  if (href === undefined) return undefined
  if (row.body === undefined) return { method, href, ...scopeFor(row, undefined) }
  return fits(row, body) ? { method, href, body, ...scopeFor(row, body) } : undefined
}

const shortestId = 4

function fill(documented: string, ids: readonly string[]): string | undefined {
  const left = [...ids]
  const href = documented.replaceAll(/\{\w+\}/g, (name) => left.shift() ?? name)
  return left.length === 0 && !href.includes('{') ? href : undefined
}

const compiled = new Map<Operation, ReturnType<typeof compileSchema>>()

function fits(row: Operation, body: unknown): boolean {
  if (row.body === undefined) return true
  const schema = compiled.get(row) ?? compileSchema(row.body, inBody)
  compiled.set(row, schema)
  return schema.fits(body ?? {})
}
