import { describe, expect, test } from 'vitest'
import { minutes, plus } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import { scenario, valueOf, type Scenario } from '../../testing/scenario.ts'

const says = async (at: Scenario, text: string, customAttributes?: Readonly<Record<string, string>>) =>
  valueOf(
    await at.useCases.writeAsGuest({
      contactId: at.guest.contact.id, sessionId: at.guest.session.id, saying: { text }, ...(customAttributes ? { customAttributes } : {}),
    }),
  )

describe('what the page says about a visit', () => {
  test('is kept with the conversation, whatever is said without it later', async () => {
    const at = await scenario()

    await says(at, 'Hello', { tier: 'gold' })
    await says(at, 'Anybody?')

    expect((await at.conversation()).customAttributes).toEqual({ tier: 'gold' })
  })

  test('is taken with the arrival, into a conversation that begins and into one that goes on', async () => {
    const at = await scenario()
    const who = { contactId: at.guest.contact.id, sessionId: at.guest.session.id }

    valueOf(await at.useCases.joinAsGuest({ ...who, customAttributes: { page: '/' } }))
    valueOf(await at.useCases.joinAsGuest({ ...who, customAttributes: { tier: 'gold' } }))

    expect((await at.conversation()).customAttributes).toEqual({ page: '/', tier: 'gold' })
    expect(await at.log()).toEqual(['started by customer'])
  })

  test.for(['guest', 'business'])('goes on into the next conversation, which the %s begins', async (who) => {
    const at = await scenario({ guestWritesAfterClose: 'startLinked', whenClosed: 'startLinked' })
    await says(at, 'Hello', { tier: 'gold' })
    const first = await at.conversation()
    await at.agentCloses()

    await (who === 'guest' ? says(at, 'Again') : at.businessSends('News'))

    const next = await at.conversation()
    expect(next.previousConversationId).toBe(first.id)
    expect(next.customAttributes).toEqual({ tier: 'gold' })
  })

  test('is gone with the person who is erased', async () => {
    const at = await scenario()
    await says(at, 'Hello', { tier: 'gold' })

    await at.useCases.eraseContact({ contactId: at.guest.contact.id })

    expect((await at.conversation()).customAttributes).toBeUndefined()
  })
})

test('the entries of a linked conversation come after those of the one before it, even within one millisecond', async () => {
  const at = await scenario({ guestWritesAfterClose: 'startLinked' })
  for (let n = 0; n < 5; n += 1) await says(at, `${n}`)
  await at.agentCloses()
  const before = await at.conversation()

  const { entry } = await says(at, 'Next')

  const [first] = await at.store.entries(entry.conversationId, { limit: 1 })
  expect(must(first, 'it began').at).toBeGreaterThan(before.lastEntryAt)
  expect(entry.conversationId).not.toBe(before.id)
})

describe('a session that a message has reached', () => {
  test('lives its whole time from then on', async () => {
    const at = await scenario({ sessionDuration: minutes(2 * 60) })
    at.clock.advance(minutes(1 * 60))

    const prolonged = valueOf(await at.useCases.prolongSession({ contactId: at.guest.contact.id, sessionId: at.guest.session.id }))

    expect(prolonged.expiresAt).toBe(plus(at.clock.now(), minutes(2 * 60)))
    expect(await at.store.session(prolonged.id)).toEqual(prolonged)
  })

  test('is not written again for every message', async () => {
    const at = await scenario({ sessionDuration: minutes(2 * 60) })
    at.clock.advance(minutes(0.5))

    const same = valueOf(await at.useCases.prolongSession({ contactId: at.guest.contact.id, sessionId: at.guest.session.id }))

    expect(same.version).toBe(at.guest.session.version)
  })

  test('is not brought back to life', async () => {
    const at = await scenario({ sessionDuration: minutes(2 * 60) })
    await at.timePasses(minutes(3 * 60))

    expect(await at.useCases.prolongSession({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })).toMatchObject({ refusal: { code: 'session_ended' } })
  })
})

describe('a read-only end', () => {
  test('does not bind whoever comes back with a session that began after it', async () => {
    const at = await scenario({ guestWritesAfterClose: 'readOnly', sessionDuration: minutes(60) })
    await says(at, 'Hello')
    await at.agentCloses()
    const ended = await at.conversation()
    const bound = await at.guestWrites('Still there?')
    await at.timePasses(minutes(61))
    const { newSession, conversation } = await at.guestArrives()

    await says(at, 'Hello again')

    expect(bound).toMatchObject({ refusal: { code: 'read_only' } })
    expect(newSession).toBe(true)
    expect(conversation?.id).toBe(ended.id)
    expect(await at.conversation()).toMatchObject({ status: 'open', previousConversationId: ended.id })
  })

  test('binds a session that is resumed', async () => {
    const at = await scenario({ guestWritesAfterClose: 'readOnly' })
    await says(at, 'Hello')
    await at.agentCloses()
    at.clock.advance(minutes(60))
    await at.guestArrives()

    expect(await at.guestWrites('Still there?')).toMatchObject({ refusal: { code: 'read_only' } })
  })
})
