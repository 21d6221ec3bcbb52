import { expect, test } from 'vitest'
import { isWellFormed } from './well-formed.ts'

test.each([
  ['', true], ['a\tb\r\nc', true], ['😀', true], ['\u0001', true], ['\ufffd', true],
  ['\u0000', false], ['a\u0000b', false], ['\ud800', false], ['\udc00a', false], ['\ude00\ud83d', false], ['😀\ud83d', false],
])('the text %j is whole: %s', (text, isWhole) => {
  expect(isWellFormed(text)).toBe(isWhole)
})
