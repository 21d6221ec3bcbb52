import { expect, test } from 'vitest'
import { contentInWords, messageInWords } from './content-in-words.ts'

const link = { type: 'Link', text: 'Look', url: 'https://shop.example' }

test.each([
  ['quick replies', [{ contentType: 'QuickReply', quickReply: { text: 'Yes' } }, { contentType: 'QuickReply', quickReply: { text: 'No' } }], '• Yes\n• No'],
  ['a card', [{ contentType: 'Card', card: { title: 'Shirt', description: 'Cotton', actions: [link, { type: 'Postback', text: 'Take' }] } }], 'Shirt\nCotton\n• Look: https://shop.example\n• Take'],
  ['a carousel', [{ contentType: 'Carousel', carousel: { cards: [{ title: 'A' }, { title: 'B' }] } }], 'A\nB'],
  ['a date picker', [{ contentType: 'DatePicker', datePicker: { title: 'When?', availableTimes: [{ dateTime: '2026-03-05T09:00:00Z', duration: 60 }] } }], 'When?\n• 2026-03-05T09:00:00Z'],
  ['a list picker', [{ contentType: 'ListPicker', listPicker: { receivedMessage: { title: 'Size?' }, sections: [{ title: 'Sizes', items: [{ id: 's', title: 'Small' }] }] } }], 'Size?\nSizes\n• Small'],
  ['a form', [{ contentType: 'Form', form: { introduction: { title: 'Details' }, formPages: [{ title: 'You', pageComponents: [{ input: { title: 'Name' } }, { datePicker: { title: 'Birthday' } }] }] } }], 'Details\nYou\n• Name\n• Birthday'],
  ['what is not known, or broken', [{ contentType: 'Story' }, null, 'x', { contentType: 'Card' }, { contentType: 'Carousel', carousel: 7 }], ''],
])('%s in words', (_, content, words) => {
  expect(contentInWords(content)).toBe(words)
})

test('words without end are cut where they are still short', () => {
  expect(contentInWords([{ contentType: 'Card', card: { title: 'x'.repeat(5000) } }])).toHaveLength(1000)
})

test.each([
  ['its text above its content', { text: 'Which size?', content: [{ contentType: 'QuickReply', quickReply: { text: 'L' } }] }, 'Which size?\n• L'],
  ['its text alone', { text: 'Hello' }, 'Hello'],
  ['its content alone', { text: '', content: [{ contentType: 'QuickReply', quickReply: { text: 'L' } }] }, '• L'],
  ['nothing', {}, ''],
])('a message in words is %s', (_, message, words) => {
  expect(messageInWords(message)).toBe(words)
})
