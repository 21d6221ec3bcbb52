import type { LightMyRequestResponse } from 'fastify'
import { Compile } from 'typebox/compile'
import { OAuthError, Problem, problems, refusalsOf, servedRows, type Operation } from '@beckon/protocol'

/**
 * Holds an answer against the table of operations: the status is documented, the body has the documented shape, and
 * a refusal is a problem of the operation's own. Throws what does not hold.
 */
export function checkAnswer(method: string, url: string, response: LightMyRequestResponse): void {
  const operation = operationAt(method, url.split('?')[0] ?? '')
  const problem = response.headers['content-type']?.startsWith('application/problem+json')
  const faults = problem ? problemFaults(operation, response) : operation ? answerFaults(operation, response) : []
  if (faults.length > 0) throw new Error(`${method} ${url} answered ${response.statusCode}: ${faults.join('; ')}\n${response.body}`)
}

const matchers = servedRows.map((operation) => ({ operation, pattern: new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
const isProblem = Compile(Problem)
const isOauthError = Compile(OAuthError)
const answers = new Map<string, ReturnType<typeof Compile>>()

function operationAt(method: string, path: string): Operation | undefined {
  if (/%(?![0-9a-f]{2})/i.test(path)) return undefined
  const found = matchers.filter(({ operation, pattern }) => operation.method === method && pattern.test(path))
  return (found.find(({ operation }) => operation.path === path) ?? found[0])?.operation
}

function problemFaults(operation: Operation | undefined, response: LightMyRequestResponse): readonly string[] {
  const body: unknown = response.json()
  if (!isProblem.Check(body)) return [`not a problem: ${JSON.stringify(isProblem.Errors(body))}`]
  return [
    ...(body.status === response.statusCode && problems[body.code].status === response.statusCode ? [] : ['the status is not that of the code']),
    ...(body.contextId === response.headers['x-request-id'] ? [] : ['contextId is not the request id']),
    ...(body.status < 500 ? [] : ['the server has a fault']),
    ...(operation === undefined || refusalsOf(operation).includes(body.code) ? [] : [`${body.code} is not documented here`]),
  ]
}

function answerFaults(operation: Operation, response: LightMyRequestResponse): readonly string[] {
  const { statusCode: status } = response
  if (status === 304) return operation.etag ? [] : ['304 without an ETag']
  if (operation.auth === 'client' && status >= 400) return isOauthError.Check(response.json()) ? [] : ['not an OAuth error']
  const schema = operation.responses[status]
  if (schema === undefined) return ['the status is not documented']
  if (schema === null || operation.produces !== undefined) return []
  const key = `${operation.operationId} ${status}`
  const compiled = answers.get(key) ?? Compile(schema)
  answers.set(key, compiled)
  return compiled.Check(response.json()) ? [] : [JSON.stringify(compiled.Errors(response.json()))]
}
