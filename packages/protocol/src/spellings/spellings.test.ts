import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { openapi } from '../openapi.ts'
import { operations } from '../operations.ts'
import { scopesFor, type Operation, type OperationExample } from '../rest/operation.ts'
import { servedRows } from '../served-rows.ts'
import { scopeNames } from '../scopes.ts'
import { canonicalPath } from './canonical-path.ts'
import type { CanonicalCall, Spelling, Translation } from './spelling.ts'
import { spellingIds, spellings } from './spellings.ts'
import { exampleIds, stories } from './stories.ts'

const each = spellingIds.map((id): readonly [string, Spelling] => [id, spellings[id]])
const { conversation: conversationId, contact: contactId, session: sessionId, participant: participantId } = exampleIds

function translate(id: keyof typeof spellings, body: unknown, params: Readonly<Record<string, string>> = {}): Translation {
  const row: Spelling = spellings[id]
  expect(row.body === undefined ? [] : Compile(row.body).Errors(body)).toEqual([])
  return row.translate({ params, body })
}

function translated(translation: Translation): CanonicalCall {
  if (!translation.ok) throw new Error(JSON.stringify(translation.faults))
  return translation
}

function pointers(translation: Translation): readonly string[] {
  return translation.ok ? [] : translation.faults.map(({ pointer }) => pointer)
}

describe('a spelling', () => {
  test.each(each)('%s is listed under its own name, with the tag of all spellings', (id, row) => {
    expect([row.operationId, row.tags]).toEqual([id, ['Spellings of the field']])
  })
  test('has a route that nothing else is served at', () => {
    const routes = servedRows.map((row) => `${row.method} ${row.path.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
  })
  test.each(each)('%s has examples that fit its own schemas, and the canonical ones once translated', (_, row) => {
    const canonical = operations[row.canonical]
    for (const example of row.examples) {
      fits(row, example)
      const { params, body } = translated(row.translate({ params: Object(example.params ?? {}), body: example.body ?? {} }))
      expect('params' in canonical ? Compile(canonical.params).Errors(params) : params).toEqual('params' in canonical ? [] : {})
      expect('body' in canonical ? Compile(canonical.body).Errors(body) : body).toEqual('body' in canonical ? [] : {})
    }
  })
  test.each(each)('%s knows every id of its canonical path from its own', (_, row) => {
    const params = Object.fromEntries(Object.keys(row.params?.properties ?? {}).map((name) => [name, `<${name}>`]))
    expect(canonicalPath(row, params)).toBe(operations[row.canonical].path.replaceAll('{', '%3C').replaceAll('}', '%3E'))
  })
  test('narrows its scopes only to scopes it names, and all scopes have a use now but those of routes that are yet to come', () => {
    for (const [id, row] of each) expect([id, (row.scopeRules ?? []).flatMap((rule) => rule.scopes).filter((scope) => !row.scopes.includes(scope))]).toEqual([id, []])
    const used = new Set(servedRows.flatMap((row) => row.scopes))
    expect(scopeNames.filter((name) => !used.has(name) && name !== 'webhooks:write')).toEqual([])
  })
  test('is told in one story, its own', () => {
    const told = stories.flatMap(({ id, rows }) => rows.flatMap((row) => (typeof row === 'string' ? [`${id} ${row}`] : [])))
    expect(told).toEqual(each.map(([id, row]) => `${row.story} ${id}`))
  })
  test.each(stories.flatMap(({ rows }) => rows.flatMap((row) => (typeof row === 'string' ? [] : [[row.operation, row.example] as const]))))('and %s is met as it is documented', (operation, example) => {
    const { params, body, auth }: Operation = operations[operation]
    expect(auth).toBe('bearer')
    expect(params === undefined ? [] : Compile(params).Errors(Object(example).params)).toEqual([])
    expect(body === undefined ? [] : Compile(body).Errors(Object(example).body)).toEqual([])
  })
  test('stands in the OpenAPI document with the name of its twin', () => {
    const { paths } = openapi({ publicUrl: 'https://chat.example', version: '1' })
    for (const [, row] of each) expect(paths[row.path]?.[row.method.toLowerCase()]).toMatchObject({ operationId: row.operationId, 'x-canonical': row.canonical })
  })
})

function fits(row: Spelling, example: OperationExample): void {
  expect(row.params === undefined ? example.params : Compile(row.params).Errors(example.params)).toEqual(row.params === undefined ? undefined : [])
  expect(row.body === undefined ? example.body : Compile(row.body).Errors(example.body)).toEqual(row.body === undefined ? undefined : [])
  const schema = row.responses[example.status]
  expect(schema ? Compile(schema).Errors(example.answer) : schema).toEqual(schema ? [] : null)
}

describe('what is written in another way means the same', () => {
  const text = 'Did you need anything else?'
  const send = (body: unknown): unknown => translated(translate('send-to-participant', body, { conversationId, participantId })).body

  test.each<readonly [string, object]>([
    ['text', { text }], ['Text', { Text: text }], ['content.text', { content: { text } }], ['Content.Text', { Content: { Text: text } }],
    ['both, saying the same', { text, content: { text } }],
  ])('the text as %s', (_, body) => {
    expect(send(body)).toEqual({ participantId, text })
  })
  test.each<readonly [string, object]>([
    ['messageType', { messageType: 'proactive' }], ['MessageType', { MessageType: 'Proactive' }], ['type', { type: 'proactive' }],
    ['proactive', { proactive: true }], ['a type beside it that every message is of', { messageType: 'proactive', type: 'message' }],
  ])('that nobody asked for it, as %s', (_, body) => {
    expect(send({ text, ...body })).toEqual({ participantId, text, proactive: true })
  })
  test.each([['message'], ['text'], ['standard'], ['Standard']])('the type %s says nothing that would not be so anyway', (type) => {
    expect(send({ text, type })).toEqual({ participantId, text })
  })
  test.each<readonly [string, object, object]>([
    ['senderId', { senderId: 'crm' }, { id: 'crm' }],
    ['SenderId', { SenderId: 'crm' }, { id: 'crm' }],
    ['from.Id', { from: { Id: 'crm', Name: 'CRM' } }, { id: 'crm', name: 'CRM' }],
    ['a from with a type', { from: { id: 'bot-1', type: 'bot' } }, { id: 'bot-1', kind: 'bot' }],
  ])('the sender as %s', (_, body, from) => {
    expect(send({ text, ...body })).toEqual({ participantId, text, from })
  })
  test.each<readonly [string, object, object]>([
    ['forceOpen', { forceOpen: true }, { whenClosed: 'reopen' }],
    ['ForceOpen', { ForceOpen: true }, { whenClosed: 'reopen' }],
    ['forceOpen denied', { forceOpen: false }, { whenClosed: 'reject' }],
    ['forceOpen denied, with another way of not opening', { forceOpen: false, policy: { whenClosed: 'append' } }, { whenClosed: 'append' }],
    ['a policy in the casing of .NET', { Policy: { WhenClosed: 'startLinked', Purpose: 'marketing' } }, { whenClosed: 'startLinked', purpose: 'marketing' }],
  ])('the policy as %s', (_, body, policy) => {
    expect(send({ text, ...body })).toEqual({ participantId, text, policy })
  })
  test('dryRun, metadata and structured content are passed on, their own keys untouched', () => {
    const content = [{ contentType: 'QuickReply', quickReply: { text: 'Yes' } }]
    expect(send({ content, DryRun: true, Metadata: { Ticket: '77' } })).toEqual({ participantId, content, dryRun: true, metadata: { Ticket: '77' } })
  })
  test.each([['sessionId'], ['webChatSessionId'], ['webchatSessionId'], ['WebChatSessionId'], ['WebchatSessionId'], ['SessionId']])('a session as %s', (key) => {
    expect(translated(translate('send-to-guest-session', { [key]: sessionId, text }))).toMatchObject({ params: {}, body: { sessionId, text } })
    expect(scopesFor(spellings['send-to-guest-session'], { [key]: sessionId })[0]).toBe('messaging:contact:write')
  })
  test('a contact who is said to be the sender is whom it is for, and nobody writes in their name', () => {
    const { body } = translated(translate('send-webchat', { from: { id: contactId, type: 'contact', name: 'Ada' }, senderId: 'crm', text, type: 'message' }))
    expect(body).toEqual({ contactId, text, from: { id: 'crm' } })
  })
  test.each([
    ['open', 'open'], ['Opened', 'open'], ['active', 'open'], ['connected', 'open'], ['closed', 'closed'], ['disconnected', 'closed'], ['Ended', 'closed'],
  ])('the status %s is %s', (word, status) => {
    for (const key of ['status', 'state', 'Status', 'State']) {
      expect(translated(translate('set-conversation-status', { [key]: word }, { conversationId })).body).toEqual({ status })
    }
    expect(scopesFor(spellings['set-conversation-status'], { state: word })[0]).toBe(status === 'open' ? 'conversations:write' : 'webmessaging:write')
  })
  test('status and state agree where they mean the same', () => {
    expect(translated(translate('set-conversation-status', { status: 'closed', state: 'disconnected' }, { conversationId })).body).toEqual({ status: 'closed' })
  })
  test('a guest is a new contact', () => {
    const { body, written } = translated(translate('create-webchat-session', { guest: { name: 'Ada', Email: 'ada@example.com' } }))
    expect(body).toEqual({ contact: { name: 'Ada', email: 'ada@example.com' } })
    expect(written).toMatchObject({ '#/contact/name': '#/guest/name' })
  })
})

describe('what contradicts itself is pointed at where it was written', () => {
  test.each<readonly [keyof typeof spellings, object, readonly string[]]>([
    ['send-to-participant', { text: 'a', Text: 'b' }, ['#/text', '#/Text']],
    ['send-to-participant', { Text: 'a', content: { text: 'b' } }, ['#/Text', '#/content/text']],
    ['send-to-participant', { text: 'a', from: { id: 'x' }, SenderId: 'y' }, ['#/from/id', '#/SenderId']],
    ['send-to-participant', { text: 'a', from: { kind: 'bot', type: 'agent' } }, ['#/from/kind', '#/from/type']],
    ['send-to-participant', { text: 'a', ForceOpen: true, Policy: { whenClosed: 'append' } }, ['#/ForceOpen', '#/Policy/whenClosed']],
    ['send-to-participant', { text: 'a', forceOpen: false, policy: { whenClosed: 'reopen' } }, ['#/forceOpen', '#/policy/whenClosed']],
    ['send-to-participant', { text: 'a', messageType: 'proactive', proactive: false }, ['#/proactive', '#/messageType']],
    ['send-to-guest-session', { text: 'a', webChatSessionId: 'x', webchatSessionId: 'y' }, ['#/webChatSessionId', '#/webchatSessionId']],
    ['send-webchat', { text: 'a', contactId: 'x', from: { id: 'y', type: 'contact' } }, ['#/contactId', '#/from/id']],
    ['set-conversation-status', { status: 'open', State: 'closed' }, ['#/status', '#/State']],
    ['create-webchat-session', { guest: { name: 'Ada' }, contact: { name: 'Eve' } }, ['#/contact/name', '#/guest/name']],
    ['add-web-participant', { contactId: 'x', ContactId: 'y' }, ['#/contactId', '#/ContactId']],
  ])('%s %j', (id, body, expected) => {
    expect(pointers(translate(id, body, { conversationId, participantId }))).toEqual(expected)
  })
  test.each<readonly [keyof typeof spellings, object, readonly string[]]>([
    ['send-to-participant', { forceOpen: true }, ['#/text']],
    ['send-to-participant', { content: {} }, ['#/text']],
    ['send-to-guest-session', { text: 'a' }, ['#/webChatSessionId']],
    ['send-webchat', { text: 'a', from: { type: 'contact' } }, ['#/from/id']],
    ['set-conversation-status', { reason: 'solved' }, ['#/status']],
  ])('and what says nothing at all, where it should: %s %j', (id, body, expected) => {
    expect(pointers(translate(id, body, { conversationId, participantId }))).toEqual(expected)
  })
  test('a call that belongs to the market leader’s own operation is taught the one that reaches web pages', () => {
    const translation = translate('send-conversation-message', { queueId: 'q', toAddress: '+31612345678', toAddressMessengerType: 'sms', useExistingConversation: true })
    expect(pointers(translation)).toEqual(['#/queueId', '#/toAddress', '#/toAddressMessengerType', '#/useExistingConversation'])
    expect(JSON.stringify(translation)).toContain('POST /api/v2/conversations/messages/agentless')
  })
})
