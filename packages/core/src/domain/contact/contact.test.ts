import { describe, expect, test } from 'vitest'
import { aClosedConversation, aContact, aConversation, aMessage, aProactiveMessage } from '../../testing/builders.ts'
import { newYear } from '../../testing/fake-clock.ts'
import { toId } from '../ids.ts'
import { minutes, plus } from '../instant.ts'
import type { Participant } from '../conversation/conversation.ts'
import { isInbound } from '../entry/entry.ts'
import { createContact, eraseContact, updateContact } from './contact.ts'
import { wordlessConversation, wordlessEntry, wordlessMessage } from './wordless.ts'

const later = plus(newYear, minutes(1))
const words = 'something somebody wrote'

describe('a contact', () => {
  test('begins with no more than is known, and declines nothing', () => {
    expect(createContact(toId('c'), toId('d'), { name: 'Ada' }, newYear)).toEqual({
      id: 'c', deploymentId: 'd', name: 'Ada', attributes: {}, optedOut: [], createdAt: newYear, updatedAt: newYear, version: 1,
    })
  })

  test('is changed in what is named', () => {
    expect(updateContact(aContact({ name: 'Ada', email: 'ada@example.org' }), { name: 'Countess' }, later)).toEqual(
      aContact({ name: 'Countess', email: 'ada@example.org', updatedAt: later, version: 2 }),
    )
  })

  test('that is erased keeps its address and its dates, and nothing else', () => {
    const erased = eraseContact(aContact({ name: words, externalId: words, attributes: { [words]: words }, optedOut: ['marketing'] }), later)

    expect(erased).toEqual({ ...aContact(), updatedAt: later, erasedAt: later, version: 2 })
  })
})

describe('what stays of an erased person', () => {
  test('is an entry without words, in its place', () => {
    const by = { kind: 'agent', id: words, name: words } as const
    const { text: _text, kind: _kind, ...line } = aMessage({ seq: 4, by })

    expect(wordlessEntry({ ...aMessage({ seq: 4, by }), text: words, content: [words], metadata: { a: words }, clientId: words })).toEqual(aMessage({ seq: 4, by: { kind: 'agent' }, text: '' }))
    expect(wordlessEntry({ ...line, kind: 'event', event: 'closed', reason: words })).toEqual({ ...line, by: { kind: 'agent' }, kind: 'event', event: 'closed' })
  })

  test("is a conversation that tells its state and times, with the customer's address", () => {
    const agent: Participant = { id: toId('p'), purpose: 'agent', name: words, externalId: words, joinedAt: newYear }
    const participants = [...aConversation().participants.map((customer) => ({ ...customer, name: words })), agent]
    const thread = { lastText: words, participants, lastSeq: 4, customAttributes: { [words]: words } }

    const open = wordlessConversation(aConversation(thread))
    const closed = wordlessConversation(aClosedConversation({ ...thread, closed: { at: newYear, by: { kind: 'agent', name: words }, reason: words } }))

    expect(JSON.stringify([open, closed])).not.toContain(words)
    expect(open).toMatchObject({ status: 'open', lastSeq: 4, version: 2, participants: [{ externalId: 'contact-1' }, { id: 'p', purpose: 'agent' }] })
    expect(closed).toMatchObject({ status: 'closed', closed: { at: newYear, by: { kind: 'agent' } } })
  })

  test('is a proactive message that tells its states and times', () => {
    const message = aProactiveMessage({
      saying: { text: words, content: [words] }, from: { kind: 'api', name: words }, policy: { supersedeKey: words, whenClosed: 'append' }, status: 'cancelled', statusReason: words,
      timeline: [{ at: newYear, what: 'cancel', detail: words }],
    })

    expect(JSON.stringify(wordlessMessage(message))).not.toContain(words)
    expect(wordlessMessage(message)).toMatchObject({ status: 'cancelled', policy: { whenClosed: 'append' }, timeline: [{ at: newYear, what: 'cancel' }], version: 2 })
  })
})

test('an entry is inbound when the customer made it', () => {
  expect(isInbound(aMessage())).toBe(true)
  expect(isInbound(aMessage({ by: { kind: 'agent' } }))).toBe(false)
})
