import { expect, test } from 'vitest'
import { utf8Length } from './utf8-length.ts'

test.each([
  ['', 0], ['a', 1], ['é', 2], ['€', 3], ['😀', 4], ['a😀é', 7], ['\ud800', 3],
])('the text %j takes its UTF-8 bytes', (text, bytes) => {
  expect(utf8Length(text)).toBe(bytes)
})
