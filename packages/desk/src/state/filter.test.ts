import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filterToSearch, parseFilter, views } from './filter.ts'

test('every filter survives the address', () => {
  const filters = fc.record(
    { view: fc.constantFrom(...views), search: fc.string(), conversationId: fc.uuid() },
    { requiredKeys: ['view', 'search'] },
  )
  fc.assert(fc.property(filters, (filter) => {
    expect(parseFilter(filterToSearch(filter))).toEqual(filter)
  }))
})

test('an address that makes no sense shows the inbox', () => {
  expect(parseFilter('?view=nowhere&x=1')).toEqual({ view: 'inbox', search: '' })
})
