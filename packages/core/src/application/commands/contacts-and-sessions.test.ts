import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { days, minutes, plus } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import { scenario, valueOf } from '../../testing/scenario.ts'
import { createWorld } from '../../testing/world.ts'

describe('a contact', () => {
  test('is created, found by its external id, and changed', async () => {
    const at = await scenario()

    const made = valueOf(await at.useCases.createContact({ details: { externalId: 'crm-7', name: 'Ada' } }))
    const changed = valueOf(await at.useCases.updateContact({ contactId: made.id, details: { name: 'Ada L.' }, ifVersion: 1 }))

    expect(await at.store.contactByExternalId('crm-7')).toEqual(changed)
    expect(changed).toMatchObject({ name: 'Ada L.', externalId: 'crm-7', version: 2 })
    expect((await at.eventTypes()).slice(-2)).toEqual(['contact.created', 'contact.updated'])
  })


  test('keeps the attributes that are not set again, unless all are replaced', async () => {
    const at = await scenario()
    const { contact: { id: contactId } } = at.guest
    const attributesAfter = async (change: Partial<Parameters<typeof at.useCases.updateContact>[0]>) =>
      valueOf(await at.useCases.updateContact({ contactId, details: {}, ...change })).attributes

    expect(await attributesAfter({ details: { attributes: { tier: 'gold', shop: 'nl' } } })).toEqual({ tier: 'gold', shop: 'nl' })
    expect(await attributesAfter({ setAttributes: { tier: 'silver' } })).toEqual({ tier: 'silver', shop: 'nl' })
    expect(await attributesAfter({ details: { attributes: {} } })).toEqual({})
  })
  test('has an external id of its own, which only it may be given again', async () => {
    const at = await scenario()
    const made = valueOf(await at.useCases.createContact({ details: { externalId: 'crm-7' } }))
    const taken = { ok: false, refusal: { code: 'already_exists', noun: 'contact', key: 'crm-7' } }

    expect(await at.useCases.createContact({ details: { externalId: 'crm-7' } })).toEqual(taken)
    expect(await at.useCases.updateContact({ contactId: at.guest.contact.id, details: { externalId: 'crm-7' } })).toEqual(taken)
    expect(await at.useCases.createSession({ guest: { externalId: 'crm-7' } })).toEqual(taken)
    expect(await at.useCases.updateContact({ contactId: made.id, details: { externalId: 'crm-7' } })).toMatchObject({ ok: true })
  })

  test('is not changed under the eyes of two', async () => {
    const at = await scenario()
    const { id: contactId } = at.guest.contact
    await at.useCases.updateContact({ contactId, details: { name: 'Ada' } })

    expect(await at.useCases.updateContact({ contactId, details: { name: 'Eve' }, ifVersion: 1 })).toEqual({ ok: false, refusal: { code: 'precondition_failed', currentVersion: 2 } })
  })

  test('that is unknown or erased is told apart', async () => {
    const at = await scenario()
    const { id: contactId } = at.guest.contact
    await at.useCases.eraseContact({ contactId })

    expect(await at.useCases.updateContact({ contactId, details: {} })).toEqual({ ok: false, refusal: { code: 'erased', noun: 'contact' } })
    expect(await at.useCases.updateContact({ contactId: toId('unknown'), details: {} })).toMatchObject({ refusal: { code: 'not_found' } })
    expect(await at.useCases.eraseContact({ contactId: toId('unknown') })).toMatchObject({ refusal: { code: 'not_found' } })
    expect(await at.businessSends('Hello')).toMatchObject({ refusal: { code: 'erased' } })
  })
})

describe('erasing', () => {
  test('takes back what is under way, ends the sessions, closes the thread and leaves no word, once', async () => {
    const at = await scenario({ idleCloseAfter: minutes(30) })
    const { id: contactId } = at.guest.contact
    await at.guestWrites('My secret')
    const scheduled = valueOf(await at.businessSends('My secret reminder', { policy: { sendAt: plus(at.clock.now(), days(1)) } }))
    await at.useCases.updateContact({ contactId, details: { name: 'My secret name' } })

    await at.useCases.eraseContact({ contactId })
    const events = await at.eventTypes()
    await at.useCases.eraseContact({ contactId })
    await at.timePasses(days(2))

    expect(await at.eventTypes()).toEqual(events)
    expect(events.slice(-4)).toEqual(['conversation.closed', 'proactive.cancelled', 'session.ended', 'contact.erased'])
    expect(await at.conversation()).toMatchObject({ status: 'closed', lastText: '' })
    expect((await at.store.proactive(must(scheduled.message.id, 'accepted')))?.status).toBe('cancelled')
    expect(JSON.stringify([await at.store.events(0, 99, {}), await at.store.contact(contactId), await at.store.proactives({ size: 9 }, {})])).not.toContain('secret')
    expect(await at.store.nextTimerAt()).toBeUndefined()
  })

  test('somebody who never wrote ends their sessions', async () => {
    const at = await scenario()

    expect(await at.useCases.eraseContact({ contactId: at.guest.contact.id })).toEqual({ ok: true, value: null })
    expect((await at.eventTypes()).slice(-2)).toEqual(['session.ended', 'contact.erased'])
  })

  test('leaves an idle appointment without effect', async () => {
    const at = await scenario({ idleCloseAfter: minutes(30), guestWritesAfterClose: 'startLinked' })
    await at.guestWrites('One')
    const first = await at.conversation()
    await at.agentCloses()
    await at.guestWrites('Two')
    await at.useCases.updateConversation({ conversationId: first.id, status: 'open', by: { kind: 'agent' } })
    await at.useCases.eraseContact({ contactId: first.contactId })
    const before = await at.eventTypes()

    await at.timePasses(days(1))

    expect(await at.eventTypes()).toEqual(before)
  })
})

describe('a session', () => {
  test('is made by the backend for somebody new, and its token works at once', async () => {
    const at = await scenario()

    const made = valueOf(await at.useCases.createSession({ guest: { name: 'Ada', email: 'ada@example.org' } }))
    const arrived = await at.guestArrives({ token: made.token })

    expect(arrived).toMatchObject({ newSession: false, session: { id: made.session.id }, contact: { name: 'Ada' } })
    expect(made).not.toHaveProperty('conversationId')
  })

  test('is made for a known contact, and names their conversation', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: contactId } = at.guest.contact

    const made = valueOf(await at.useCases.createSession({ contactId }))

    expect(made).toMatchObject({ session: { contactId, deploymentId: at.deploymentId }, conversationId: (await at.conversation()).id })
    expect((await at.eventTypes()).filter((type) => type === 'contact.created')).toHaveLength(1)
  })

  test('is not made for a contact that is unknown or erased', async () => {
    const at = await scenario()
    await at.useCases.eraseContact({ contactId: at.guest.contact.id })

    expect(await at.useCases.createSession({ contactId: toId('unknown') })).toMatchObject({ refusal: { code: 'not_found', noun: 'contact' } })
    expect(await at.useCases.createSession({ contactId: at.guest.contact.id })).toMatchObject({ refusal: { code: 'erased' } })
  })

  test('needs no deployment named while one is in use, and otherwise says what to do', async () => {
    const { useCases } = createWorld()
    const none = await useCases.createSession({})
    const first = valueOf(await useCases.createDeployment({ settings: {} }))
    const one = await useCases.createSession({})
    await useCases.createDeployment({ settings: {} })
    const two = await useCases.createSession({})
    await useCases.deleteDeployment({ id: first.id })
    const oneAgain = await useCases.createSession({})

    expect([none.ok, one.ok, two.ok, oneAgain.ok]).toEqual([false, true, false, true])
    expect(none).toMatchObject({ refusal: { code: 'invalid_request', faults: [{ pointer: '#/deploymentId', detail: 'there is no deployment yet: create one first' }] } })
    expect(two).toMatchObject({ refusal: { faults: [{ detail: 'say which: there is more than one deployment' }] } })
    expect(await useCases.createContact({ details: {}, deploymentId: first.id })).toMatchObject({ refusal: { code: 'not_found', noun: 'deployment' } })
    expect(await useCases.createSession({ deploymentId: toId('unknown') })).toMatchObject({ refusal: { code: 'not_found', noun: 'deployment', id: 'unknown' } })
  })

  test('of a contact whose deployment is out of use is not made', async () => {
    const at = await scenario()
    await at.useCases.deleteDeployment({ id: at.deploymentId })

    expect(await at.useCases.createSession({ contactId: at.guest.contact.id })).toMatchObject({ refusal: { code: 'not_found', noun: 'deployment' } })
  })

  test('ends once, and the first reason stands', async () => {
    const at = await scenario()
    const { id: sessionId } = at.guest.session

    await at.useCases.endSession({ sessionId, reason: 'ended_by_agent' })
    await at.useCases.endSession({ sessionId, reason: 'ended_by_guest' })

    expect((await at.store.session(sessionId))?.ended?.reason).toBe('ended_by_agent')
    expect((await at.eventTypes()).filter((type) => type === 'session.ended')).toHaveLength(1)
    expect(await at.useCases.endSession({ sessionId: toId('unknown'), reason: 'revoked' })).toMatchObject({ refusal: { code: 'not_found', noun: 'session' } })
  })

  test('that has ended can still be revoked, and its token then leads nowhere', async () => {
    const at = await scenario()
    const { contact, session } = at.guest
    await at.useCases.endSession({ sessionId: session.id, reason: 'ended_by_agent' })

    await at.useCases.endSession({ sessionId: session.id, reason: 'revoked' })
    await at.useCases.endSession({ sessionId: session.id, reason: 'revoked' })

    expect((await at.store.session(session.id))?.ended?.reason).toBe('revoked')
    expect((await at.eventTypes()).filter((type) => type === 'session.ended')).toHaveLength(2)
    expect((await at.guestArrives()).contact.id).not.toBe(contact.id)
  })

  test('that is used expires later than it promised at first, and once', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    await at.timePasses(days(2))
    await at.guestWrites('Hello')
    await at.timePasses(days(2))
    expect(await at.eventTypes()).not.toContain('session.expired')

    await at.timePasses(days(2))

    expect((await at.eventTypes()).filter((type) => type === 'session.expired')).toHaveLength(1)
    expect((await at.store.session(at.guest.session.id))?.ended).toMatchObject({ reason: 'expired' })
  })

  test('that has ended is not expired by its old appointment', async () => {
    const at = await scenario()
    const { id: sessionId, contactId, expiresAt } = at.guest.session
    await at.useCases.endSession({ sessionId, reason: 'ended_by_guest' })

    await at.useCases.keepAppointment({ id: `expire-session:${sessionId}`, dueAt: expiresAt, job: { kind: 'expire-session', contactId, sessionId } })

    expect((await at.store.session(sessionId))?.ended?.reason).toBe('ended_by_guest')
  })
})
