import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { describe, expect, test } from 'vitest'
import { operationIds, operations } from './operations.ts'
import { scopesFor, type Operation } from './rest/operation.ts'
import { scopeNames } from './scopes.ts'

const rows: readonly Operation[] = Object.values(operations)
const each = rows.map((row) => [row.operationId, row] as const)
const faults = (schema: TSchema | undefined, value: unknown): unknown[] =>
  (schema === undefined ? (value === undefined ? [] : ['no schema']) : Compile(schema).Errors(value ?? {}))

describe('an operation', () => {
  test.each(operationIds.map((id) => [id, operations[id].operationId] as const))('%s is listed under its own name', (id, own) => {
    expect(own).toBe(id)
  })
  test('has a route of its own', () => {
    const routes = rows.map((row) => `${row.method} ${row.path.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(new Set(routes).size).toBe(routes.length)
  })
  test.each(each)('%s names the parameters of its path', (_, row) => {
    const inPath = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(row.params?.properties ?? {})).toEqual(inPath)
  })
  test.each(each)('%s has examples that fit its own schemas', (_, row) => {
    expect(row.examples.length).toBeGreaterThan(0)
    for (const example of row.examples) {
      expect(faults(row.params, example.params), 'params').toEqual([])
      expect(faults(row.query, example.query), 'query').toEqual([])
      expect(faults(row.body, example.body), 'body').toEqual([])
      expect(row.responses, 'status').toHaveProperty(String(example.status))
      expect(faults(row.responses[example.status] ?? undefined, example.answer), 'answer').toEqual([])
    }
  })
  test.each(each)('%s narrows its scopes only to scopes it names', (_, row) => {
    const ruled = new Set((row.scopeRules ?? []).flatMap((rule) => rule.scopes))
    expect([...ruled].filter((scope) => !row.scopes.includes(scope))).toEqual([])
  })
  test('that changes something by POST or PATCH takes an Idempotency-Key, unless repeating it does no harm or its answer is a secret', () => {
    const without = rows.filter((row) => ['POST', 'PATCH'].includes(row.method) && !row.idempotent).map((row) => row.operationId)
    expect(without).toEqual([
      'issue-token', 'introspect-token', 'revoke-token', 'create-session', 'mark-seen', 'send-typing', 'create-attachment',
      'create-client', 'rotate-client-secret', 'login-agent', 'logout-agent', 'sign-in-guest', 'refresh-sign-in', 'register-push-device', 'update-push-device',
    ])
  })
  test('with a bearer needs a scope, but for asking about the token itself', () => {
    const free = rows.filter((row) => row.auth === 'bearer' && row.scopes.length === 0).map((row) => row.operationId)
    expect(free).toEqual(['get-my-token'])
  })
  test('exists for every scope, but for those of routes that are yet to come', () => {
    const used = new Set(rows.flatMap((row) => row.scopes))
    expect(scopeNames.filter((name) => !used.has(name))).toEqual(['webchat:write', 'webhooks:write'])
  })
})

describe('the scopes that suffice', () => {
  const { 'update-conversation': update, 'send-message': send, 'send-to-contact': toContact } = operations

  test('to close are not those that reopen', () => {
    expect(scopesFor(update, { status: 'closed' })).toEqual(['webmessaging:write', 'admin:conversation:write'])
    expect(scopesFor(update, { status: 'open' })).not.toContain('webmessaging:write')
  })
  test('to send follow the address, and a conversation counts first', () => {
    expect(scopesFor(send, { contactId: 'a' })).toContain('messaging:contact:write')
    expect(scopesFor(send, { conversationId: 'a', contactId: 'b' })).not.toContain('messaging:contact:write')
  })
  test.each([[undefined], [null], ['text'], [[]], [{ status: 7 }]])('for a body that is none of both (%s) are all that the operation names', (body) => {
    expect(scopesFor(update, body)).toEqual(update.scopes)
  })
  test('do not follow the body where there is no rule', () => {
    expect(scopesFor(toContact, { conversationId: 'a' })).toEqual(['messaging:contact:write', 'admin:conversation:write'])
  })
})
