import { expect, test } from 'vitest'
import { sizeInWords } from './size-in-words.ts'

test.each([
  [10, 'en', '0.1 kB'],
  [320, 'en', '0.3 kB'],
  [48_213, 'en', '48 kB'],
  [2_400_000, 'en', '2.4 MB'],
  [2_400_000, 'de', '2,4 MB'],
])('%d bytes in %s are %s', (bytes, locale, words) => {
  expect(sizeInWords(bytes, locale)).toBe(words)
})
