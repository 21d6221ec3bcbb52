import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { days, minutes } from '../../domain/instant.ts'
import { browserToken, scenario } from '../../testing/scenario.ts'

const otherToken = '1f0e2d3c-4b5a-4697-8879-a6b5c4d3e2f1'

describe('a browser that arrives', () => {
  test('for the first time begins as somebody new', async () => {
    const at = await scenario()

    expect(at.guest).toMatchObject({ newSession: true, contact: { attributes: {} } })
    expect(at.guest).not.toHaveProperty('conversation')
    expect(await at.eventTypes()).toEqual(['contact.created', 'session.started'])
  })

  test('again, or in a second tab, goes on with the session it has', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const first = at.guest
    await at.timePasses(minutes(10))

    const again = await at.guestArrives()

    expect(again).toMatchObject({ newSession: false, session: { id: first.session.id }, conversation: { status: 'open' } })
    expect(again.session.expiresAt).toBeGreaterThan(first.session.expiresAt)
    expect((await at.guestArrives()).session).toEqual(again.session)
  })

  test('twice in the same moment is one person', async () => {
    const at = await scenario()

    const [one, other] = await Promise.all([at.guestArrives({ token: otherToken }), at.guestArrives({ token: otherToken })])

    expect(one?.contact.id).toBe(other?.contact.id)
    expect(one?.contact.id).not.toBe((await at.guestArrives({ token: browserToken })).contact.id)
  })

  test('after its session expired is the same person with a new session, and sees the thread', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    await at.guestWrites('Hello')
    const before = at.guest
    await at.timePasses(days(4))

    const after = await at.guestArrives()

    expect(after).toMatchObject({ newSession: true, contact: { id: before.contact.id }, conversation: { lastText: 'Hello' } })
    expect(after.session.id).not.toBe(before.session.id)
    expect((await at.eventTypes()).filter((type) => type === 'session.expired')).toHaveLength(1)
  })

  test('before anybody noticed that its session expired makes that known', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    at.clock.advance(days(4))

    await at.guestArrives()
    await at.timePasses(days(1))

    expect((await at.eventTypes()).filter((type) => type === 'session.expired')).toHaveLength(1)
  })

  test('after expiry is shown only what it has not seen, where the deployment says so', async () => {
    const at = await scenario({ sessionDuration: days(3), afterExpiry: 'unreadOnly' })
    await at.guestWrites('Hello')
    await at.guestAcknowledges({ seenSeq: 2 })
    await at.timePasses(days(4))

    const { session, conversation } = await at.guestArrives()

    expect(session.hidden).toEqual({ conversationId: conversation?.id, upToSeq: 2 })
  })

  test('after expiry is somebody new on a shared computer', async () => {
    const at = await scenario({ sessionDuration: days(3), afterExpiry: 'forget' })
    const before = at.guest
    await at.timePasses(days(4))

    const plain = await at.guestArrives()
    await at.timePasses(days(4))
    const startingNew = await at.guestArrives({ startNew: true })

    expect(new Set([before, plain, startingNew].map(({ contact }) => contact.id)).size).toBe(3)
    expect(plain).not.toHaveProperty('conversation')
  })

  test('whose session somebody ended is the same person with a new session', async () => {
    const at = await scenario()
    await at.useCases.endSession({ sessionId: at.guest.session.id, reason: 'ended_by_backend' })

    const after = await at.guestArrives()

    expect(after).toMatchObject({ newSession: true, contact: { id: at.guest.contact.id } })
  })

  test.for(['revoked', 'cleared', 'erased'] as const)('whose token was cut off is somebody new: %s', async (how) => {
    const at = await scenario()
    const { contact, session } = at.guest
    if (how === 'revoked') await at.useCases.endSession({ sessionId: session.id, reason: 'revoked' })
    if (how === 'cleared') await at.useCases.clearConversation({ contactId: contact.id, sessionId: session.id })
    if (how === 'erased') await at.useCases.eraseContact({ contactId: contact.id })

    const after = await at.guestArrives()

    expect(after.contact.id).not.toBe(contact.id)
    expect(after.newSession).toBe(true)
  })

  test('with a token that somebody could guess is refused', async () => {
    const at = await scenario()

    expect(await at.useCases.configureGuest({ deploymentId: at.deploymentId, token: 'password', startNew: false })).toEqual({ ok: false, refusal: { code: 'weak_token' } })
  })

  test('at a deployment that is unknown or out of use is refused', async () => {
    const at = await scenario()
    const arrive = (deploymentId: typeof at.deploymentId) => at.useCases.configureGuest({ deploymentId, token: otherToken, startNew: false })
    await at.useCases.deleteDeployment({ id: at.deploymentId })

    expect(await arrive(at.deploymentId)).toMatchObject({ refusal: { code: 'not_found', noun: 'deployment' } })
    expect(await arrive(toId('unknown'))).toMatchObject({ refusal: { code: 'not_found', noun: 'deployment', id: 'unknown' } })
  })
})

describe('a browser that starts anew', () => {
  test('leaves the present conversation behind, closed, and writes into a new one that is linked to it', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const left = await at.conversation()

    const anew = await at.guestArrives({ startNew: true })
    expect(anew).toMatchObject({ newSession: true, contact: { id: left.contactId }, session: { leftConversationId: left.id } })
    expect(anew).not.toHaveProperty('conversation')
    await at.guestWrites('Something else')

    expect(await at.log(left.id)).toEqual(['started by customer', 'customer: Hello', 'closed by customer'])
    expect(await at.conversation()).toMatchObject({ previousConversationId: left.id, lastText: 'Something else' })
    expect(await at.eventTypes()).toContain('session.ended')
  })

  test('may do so after its session expired, too', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    await at.guestWrites('Hello')
    await at.agentCloses()
    const left = await at.conversation()
    at.clock.advance(days(4))

    const anew = await at.guestArrives({ startNew: true })

    expect(anew).toMatchObject({ newSession: true, session: { leftConversationId: left.id } })
    expect(anew).not.toHaveProperty('conversation')
    expect(await at.eventTypes()).toContain('session.expired')
  })

  test('sees the conversation it left again once the business reopens it', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    await at.guestArrives({ startNew: true })

    await at.businessSends('One more thing')

    expect((await at.guestArrives()).conversation).toMatchObject({ status: 'open', lastText: 'One more thing' })
    expect(await at.useCases.joinAsGuest({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })).toMatchObject({ value: { started: false, conversation: { status: 'open', lastText: 'One more thing' } } })
  })

  test('with nothing to leave behind just has a new session', async () => {
    const at = await scenario()
    const before = at.guest.session.id

    const anew = await at.guestArrives({ startNew: true })

    expect(anew.session.id).not.toBe(before)
    expect(anew.session).not.toHaveProperty('leftConversationId')
  })

  test('keeps what it left behind over the expiry of the session', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    await at.guestWrites('Hello')
    const left = await at.conversation()
    await at.guestArrives({ startNew: true })
    await at.timePasses(days(4))

    expect((await at.guestArrives()).session.leftConversationId).toBe(left.id)
  })
})
