import { Compile } from 'typebox/compile'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import guestFramesInvalid from '../fixtures/guest-frames.invalid.jsonl?raw'
import guestFramesValid from '../fixtures/guest-frames.valid.jsonl?raw'
import guestRequestsInvalid from '../fixtures/guest-requests.invalid.jsonl?raw'
import guestRequestsValid from '../fixtures/guest-requests.valid.jsonl?raw'
import restBodiesInvalid from '../fixtures/rest-bodies.invalid.jsonl?raw'
import restBodiesValid from '../fixtures/rest-bodies.valid.jsonl?raw'
import { guestFrames } from './guest-ws/down.ts'
import { guestRequests, isGuestAction } from './guest-ws/up.ts'
import { isOperationId, operationIds, operations } from './operations.ts'
import type { Operation } from './rest/operation.ts'

type Row = Readonly<Record<string, unknown>>

const JsonRow = Type.Record(Type.String(), Type.Unknown())
const toRow = (value: unknown): Row => Value.Parse(JsonRow, value)
const parse = (text: string): readonly Row[] => text.trim().split('\n').map((line) => toRow(JSON.parse(line)))
const short = (value: unknown): string => JSON.stringify(value).slice(0, 100)
/** What the schemas cannot say: every edge refuses U+0000 and half characters in any field, by a rule of the core. */
const isUnfit = (value: unknown): boolean => /\\u(?:0000|d[89a-f])/.test(JSON.stringify(value))
const fits = (schema: TSchema | undefined, value: unknown): boolean => schema !== undefined && !isUnfit(value) && Compile(schema).Check(value)

const requestSchema = (frame: Row): TSchema | undefined => {
  const action = String(frame['action'])
  return isGuestAction(action) ? guestRequests[action] : undefined
}
const frameSchema = (frame: Row): TSchema => {
  const body = Object.entries(guestFrames).find(([name]) => name === frame['class'])?.[1]
  return Type.Object({ type: Type.Enum(['response', 'message']), class: Type.String(), code: Type.Integer(), body: body ?? Type.Never() })
}
const bodySchema = (row: Row): TSchema | undefined => {
  const id = String(row['operation'])
  const operation: Operation | undefined = isOperationId(id) ? operations[id] : undefined
  return operation?.body
}

describe('a guest request', () => {
  test.each(parse(guestRequestsValid).map((frame) => [short(frame), frame] as const))('is understood: %s', (_, frame) => {
    expect(fits(requestSchema(frame), frame)).toBe(true)
  })
  test.each(parse(guestRequestsInvalid).map((row) => [row['why'], toRow(row['frame'])] as const))('is refused: %s', (_, frame) => {
    expect(requestSchema(frame)).toBeDefined()
    expect(fits(requestSchema(frame), frame)).toBe(false)
  })
  test('of every action has a valid sample', () => {
    const sampled = new Set(parse(guestRequestsValid).map((frame) => frame['action']))
    expect([...sampled]).toEqual(Object.keys(guestRequests))
  })
})

describe('a guest frame', () => {
  test.each(parse(guestFramesValid).map((frame) => [short(frame), frame] as const))('is well-formed: %s', (_, frame) => {
    expect(fits(frameSchema(frame), frame)).toBe(true)
  })
  test.each(parse(guestFramesInvalid).map((row) => [row['why'], toRow(row['frame'])] as const))('is malformed: %s', (_, frame) => {
    expect(fits(frameSchema(frame), frame)).toBe(false)
  })
  test('of every class has a valid sample', () => {
    const sampled = new Set(parse(guestFramesValid).map((frame) => String(frame['class'])))
    expect([...sampled].toSorted()).toEqual(Object.keys(guestFrames).toSorted())
  })
})

describe('the body of a call', () => {
  test.each(parse(restBodiesValid).map((row) => [`${String(row['operation'])} ${short(row['body'])}`, row] as const))('is accepted: %s', (_, row) => {
    expect(fits(bodySchema(row), row['body'])).toBe(true)
  })
  test.each(parse(restBodiesInvalid).map((row) => [`${String(row['operation'])}: ${String(row['why'])}`, row] as const))('is refused: %s', (_, row) => {
    expect(bodySchema(row)).toBeDefined()
    expect(fits(bodySchema(row), row['body'])).toBe(false)
  })
  test('is refused with an unknown field, in every operation but those that RFC 6749 or the guest protocol rules', () => {
    const lenient = operationIds.filter((id) => {
      const operation: Operation = operations[id]
      const sample = operation.examples.find((example) => example.body !== undefined)?.body
      return operation.body !== undefined && fits(operation.body, { ...Object(sample), surprise: 1 })
    })
    expect(lenient).toEqual(['issue-token', 'introspect-token', 'revoke-token', 'sign-in-guest', 'refresh-sign-in', 'register-push-device', 'update-push-device'])
  })
})
