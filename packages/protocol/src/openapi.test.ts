import { describe, expect, test } from 'vitest'
import { genesysOperations } from './genesys/genesys-operations.ts'
import { openapi } from './openapi.ts'
import { operationIds, operations } from './operations.ts'
import type { Operation } from './rest/operation.ts'
import { refusalsOf } from './rest/refusals-of.ts'
import { problems } from './errors.ts'
import { scopeNames } from './scopes.ts'

const document = openapi({ publicUrl: 'https://chat.example', version: '1.2.3' })
const text = JSON.stringify(document)
const operationAt = ({ path, method }: Operation): Record<string, unknown> => Object(document.paths[path]?.[method.toLowerCase()])
const each = operationIds.map((id): readonly [string, Operation] => [id, operations[id]])

describe('the OpenAPI document', () => {
  test('is of version 3.1 and tells its own version and address', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Beckon', version: '1.2.3' }, servers: [{ url: 'https://chat.example' }] })
  })
  test('survives JSON unchanged', () => {
    expect(JSON.parse(text)).toEqual(document)
  })
  test('points only at components that it has', () => {
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)]
    const missing = references.filter(([, kind, name]) => !Object.hasOwn(Object(Reflect.get(document.components, String(kind))), String(name)))
    expect(references.length).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })
  test('offers every scope', () => {
    expect(document.components.securitySchemes).toHaveProperty('token.flows.clientCredentials.scopes')
    expect(scopeNames.filter((name) => !text.includes(`"${name}":`))).toEqual([])
  })
  test.each(each)('has %s with a summary, its tag and every answer and refusal', (id, row) => {
    const operation = operationAt(row)
    expect(operation).toMatchObject({ operationId: id, summary: row.summary, tags: row.tags })
    const statuses = [...Object.keys(row.responses), ...refusalsOf(row).map((code) => String(problems[code].status))]
    expect(Object.keys(Object(operation['responses'])).toSorted()).toEqual([...new Set(statuses)].toSorted())
  })
  test.each(each)('declares the parameters of %s', (_, row) => {
    const parameters = JSON.stringify(operationAt(row)['parameters'])
    const names = [...Object.keys(row.params?.properties ?? {}), ...Object.keys(row.query?.properties ?? {})]
    expect(names.filter((name) => !parameters.includes(`"name":"${name}"`))).toEqual([])
    expect(parameters.includes('Idempotency-Key')).toBe(row.idempotent)
    expect(parameters.includes('If-Match')).toBe(row.ifMatch !== undefined)
  })
  test('lets any one scope suffice', () => {
    expect(operationAt(operations['send-to-contact'])['security']).toEqual([
      { token: ['messaging:contact:write'] }, { token: ['admin:conversation:write'] }, { desk: [] },
    ])
  })
  test('shows the market leader’s operations with refusals in its envelope', () => {
    const responses = operationAt(genesysOperations['genesys-delete-conversation'])['responses']
    expect(responses).toMatchObject({ 403: { content: { 'application/json': { schema: { $ref: '#/components/schemas/GenesysErrorBody' } } } } })
    expect(JSON.stringify(responses)).not.toContain('problem+json')
  })
  test('gives each component one meaning', () => {
    const meanings = new Map<string, Set<string>>()
    collect(Object.values(operations).flatMap((row: Operation) => [row.body, row.query, ...Object.values(row.responses)]), meanings)
    expect([...meanings].filter(([, shapes]) => shapes.size > 1).map(([title]) => title)).toEqual([])
    expect([...meanings.keys()]).toEqual(expect.arrayContaining(['Entry', 'Conversation', 'Contact', 'SendAnswer', 'Proactive', 'Event']))
  })
})

function collect(node: unknown, into: Map<string, Set<string>>): void {
  if (typeof node !== 'object' || node === null) return
  const title: unknown = Reflect.get(node, 'title')
  if (typeof title === 'string') into.set(title, (into.get(title) ?? new Set()).add(JSON.stringify(node)))
  for (const child of Object.values(node)) collect(child, into)
}
