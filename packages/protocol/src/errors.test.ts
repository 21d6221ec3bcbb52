import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { isProblemCode, problemCodes, problems } from './errors.ts'
import { exampleProblem } from './openapi.ts'
import { operations } from './operations.ts'
import { refusalsOf } from './rest/refusals-of.ts'
import { Problem } from './shapes/problem.ts'

const each = problemCodes.map((code) => [code, problems[code]] as const)

describe('the table of problems', () => {
  test('is closed: its codes are these and no others', () => {
    expect(problemCodes).toEqual([
      'invalid_request', 'invalid_token', 'sign_in_refused', 'insufficient_scope', 'not_found', 'method_not_allowed', 'not_acceptable',
      'conversation_closed', 'conversation_open', 'opted_out', 'unreachable', 'already_sent', 'already_exists', 'attachment_refused', 'idempotency_in_progress',
      'erased', 'session_ended', 'precondition_failed', 'payload_too_large', 'unsupported_media_type',
      'idempotency_key_reused', 'precondition_required', 'rate_limited', 'internal', 'unavailable',
    ])
  })
  test('answers 403 to a missing scope and to nothing else', () => {
    expect(each.filter(([, row]) => row.status === 403).map(([code]) => code)).toEqual(['insufficient_scope'])
  })
  test.each(each)('says of %s what happened and what to do', (_, row) => {
    expect(row.cause).toMatch(/\.$/)
    expect(row.remedy).toMatch(/\.$/)
    expect(row.title).not.toMatch(/\.$/)
  })
  test.each(problemCodes.map((code) => [code] as const))('has an example of %s that is a problem', (code) => {
    expect(Compile(Problem).Errors(exampleProblem(code, 'https://chat.example'))).toEqual([])
  })
  test('knows its own codes only', () => {
    expect(isProblemCode('not_found')).toBe(true)
    expect(isProblemCode('toString')).toBe(false)
  })
  test('holds no code that no operation can answer, but for those of paths and of guests', () => {
    const answered = new Set(Object.values(operations).flatMap(refusalsOf))
    expect(problemCodes.filter((code) => !answered.has(code))).toEqual(['method_not_allowed', 'session_ended'])
  })
})
