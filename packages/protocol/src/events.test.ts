import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { Event, eventTypes, isEventOf, isEventType } from './events.ts'
import { id, sample, time } from './rest/sample.ts'

const created: Event = { id: 'e42', type: 'message.created', time: time.sent, contactId: id.contact, data: { message: sample.entry } }

test('an event of an unknown type is none', () => {
  expect(Compile(Event).Check(created)).toBe(true)
  expect(Compile(Event).Check({ ...created, type: 'message.read' })).toBe(false)
  expect(isEventType('constructor')).toBe(false)
})

test('the types of events are those that the model names', () => {
  expect(eventTypes).toHaveLength(20)
  expect(eventTypes.every((type) => /^[a-z]+\.[a-z]+$/.test(type))).toBe(true)
})

test('an event is narrowed by its type', () => {
  expect(isEventOf(created, 'message.created') ? created.data.message.seq : undefined).toBe(7)
  expect(isEventOf(created, 'message.seen')).toBe(false)
})
