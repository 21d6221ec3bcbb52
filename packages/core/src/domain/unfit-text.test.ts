import { expect, test } from 'vitest'
import { holdsUnfitText, mayHoldUnfitText, unfitPlaces } from './unfit-text.ts'

test.each(['', 'a\tb\r\nc', '😀', '\u0001', '\ufffd'])('the text %j can be kept', (text) => {
  expect(unfitPlaces({ text })).toEqual([])
  expect(holdsUnfitText(text)).toBe(false)
})

test.each(['\u0000', 'a\u0000b', '\ud800', '\udc00a', '\ude00\ud83d', '😀\ud83d'])('the text %j cannot be kept, and its JSON is suspected of it', (text) => {
  expect(unfitPlaces({ text })).toEqual(['/text'])
  expect(holdsUnfitText(text)).toBe(true)
  expect(mayHoldUnfitText(JSON.stringify({ text }))).toBe(true)
})

test('every place is told, however deep, and that of a name by the object that has it', () => {
  const value = { a: ['fine', '\0'], b: { 'c/d': { '~': '\ud800' }, 'e\0': 'fine' }, f: null, g: 7 }

  expect(unfitPlaces(value)).toEqual(['/a/1', '/b', '/b/c~1d/~0'])
})

test('depth hides nothing', () => {
  const value = Array.from({ length: 500 }).reduce<unknown>((inner) => [inner], '\0')

  expect(unfitPlaces(value)).toEqual(['/0'.repeat(500)])
  expect(holdsUnfitText(value)).toBe(true)
})

test('of very many places the first are told, and no further ones are looked for', () => {
  const many = Array.from({ length: 1000 }, () => '\0')
  const rest = { get text(): string { throw new Error('looked at') } }

  expect(unfitPlaces([many, rest])).toEqual(Array.from({ length: 20 }, (_, index) => `/0/${index}`))
})
