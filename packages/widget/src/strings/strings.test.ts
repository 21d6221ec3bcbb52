import { expect, test } from 'vitest'
import { english } from './en.ts'
import { counted, named, stringsFor, type Strings } from './strings.ts'

const locales = ['en', 'de', 'fr', 'es', 'ar']

function placeholders(strings: Strings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(strings).map(([key, text]) => [key, typeof text === 'string' ? text.match(/\{\w+\}/g) : undefined]),
  )
}

test.each(locales)('%s fills the same gaps as English', async (locale) => {
  expect(placeholders(await stringsFor(locale))).toEqual(placeholders(english))
})

test.each(locales)('%s has every plural that its numbers ask for', async (locale) => {
  const { newBelow } = await stringsFor(locale)
  const asked = Array.from({ length: 200 }, (_, count) => new Intl.PluralRules(locale).select(count + 1))

  for (const category of new Set(asked)) expect(newBelow[category] ?? newBelow.other).toBeTruthy()
})

test('counts and names take their place in a sentence, whatever they contain', () => {
  expect(counted(english.newBelow, 1, 'en')).toBe('1 new message')
  expect(counted(english.newBelow, 1200, 'en')).toBe('1,200 new messages')
  expect(named(english.typingNamed, '$& {name}')).toBe('$& {name} is typing…')
})

test('an unknown language is answered in English', async () => {
  expect(await stringsFor('tlh')).toBe(english)
})
