import { expect, test } from 'vitest'
import { aConversation } from '../../testing/builders.ts'
import { withCustomAttributes } from './custom-attributes.ts'

const said = aConversation({ customAttributes: { tier: 'gold', page: '/cart' } })

test('the newest word on a key stands, and keys that were not spoken of stay', () => {
  expect(withCustomAttributes(said, { page: '/pay', coupon: 'x' })).toEqual({
    ...said, customAttributes: { tier: 'gold', page: '/pay', coupon: 'x' }, version: said.version + 1,
  })
})

test('what was said before changes nothing, and neither does nothing', () => {
  expect(withCustomAttributes(said, { page: '/cart' })).toBe(said)
  expect(withCustomAttributes(said, {})).toBe(said)
})

test('a page that names new keys for ever keeps the newest, and the conversation stays small', () => {
  let conversation = said
  for (let n = 0; n < 5000; n += 1) conversation = withCustomAttributes(conversation, { [`key ${n}`]: String(n) })

  const kept = Object.entries(conversation.customAttributes ?? {})
  expect(kept.at(-1)).toEqual(['key 4999', '4999'])
  expect(kept.flat().join('').length).toBeLessThanOrEqual(2048)
  expect(kept.flat().join('').length).toBeGreaterThan(2000)
})

test('a key with the name of something every object has is a key like any other', () => {
  expect(withCustomAttributes(aConversation(), { constructor: 'x' }).customAttributes).toEqual({ constructor: 'x' })
})
