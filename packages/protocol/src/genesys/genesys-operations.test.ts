import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../rest/operation.ts'
import { servedRows } from '../served-rows.ts'
import { genesysOperations } from './genesys-operations.ts'

const rows: readonly Operation[] = Object.values(genesysOperations)
const each = rows.map((row) => [row.operationId, row] as const)
const faults = (schema: TSchema | undefined, value: unknown): unknown[] =>
  (schema === undefined ? (value === undefined ? [] : ['no schema']) : Compile(schema).Errors(value ?? {}))

describe('an operation of the market leader', () => {
  test.each(Object.entries(genesysOperations).map(([id, row]) => [id, row.operationId] as const))('%s is listed under its own name', (id, own) => {
    expect(own).toBe(id)
  })
  test('has a route and a name of its own among all that is served', () => {
    const routes = servedRows.map((row) => `${row.method} ${row.path.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(routes.filter((route, at) => routes.indexOf(route) !== at)).toEqual([])
    expect(new Set(servedRows.map((row) => row.operationId)).size).toBe(servedRows.length)
  })
  test.each(each)('%s names the parameters of its path', (_, row) => {
    expect(Object.keys(row.params?.properties ?? {})).toEqual([...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  })
  test.each(each)('%s has examples that fit its own schemas', (_, row) => {
    for (const example of row.examples) {
      expect(faults(row.params, example.params), 'params').toEqual([])
      expect(faults(row.query, example.query), 'query').toEqual([])
      expect(faults(row.body, example.body), 'body').toEqual([])
      expect(faults(row.responses[example.status] ?? undefined, example.answer), 'answer').toEqual([])
    }
  })
  test.each(each)('%s narrows its scopes only to scopes it names', (_, row) => {
    expect((row.scopeRules ?? []).flatMap((rule) => rule.scopes).filter((scope) => !row.scopes.includes(scope))).toEqual([])
  })
  test('wants a scope, but for giving up the token that asks', () => {
    expect(rows.filter((row) => row.scopes.length === 0).map((row) => row.operationId)).toEqual(['genesys-delete-tokens-me'])
  })
})
