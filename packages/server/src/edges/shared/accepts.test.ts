import { expect, test } from 'vitest'
import { accepts } from './accepts.ts'

test.each([
  [undefined, true],
  ['', true],
  ['*/*', true],
  ['application/json', true],
  ['Application/JSON;charset=utf-8', true],
  ['application/*', true],
  ['text/html, */*;q=0.1', true],
  ['text/html', false],
  ['application/xml, text/*', false],
  ['*/*, application/json;q=0', false],
  ['application/*;q=0, */*', false],
  ['application/json;q=0.000', false],
  ['application/json;q=nonsense', false],
  [',;', false],
])('a caller that accepts %j takes JSON: %s', (header, taken) => {
  expect(accepts(header, 'application/json')).toBe(taken)
})
