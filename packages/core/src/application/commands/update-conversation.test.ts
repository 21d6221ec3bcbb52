import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { scenario, valueOf } from '../../testing/scenario.ts'

const ana = { kind: 'agent', id: 'ana', name: 'Ana' } as const

describe('closing and reopening', () => {
  test('are each done once, however often they are asked for', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')

    const closed = [valueOf(await at.agentCloses()), valueOf(await at.agentCloses())]
    const reopened = [valueOf(await at.agentReopens()), valueOf(await at.agentReopens())]

    expect(closed[1]).toEqual(closed[0])
    expect(reopened[1]).toEqual(reopened[0])
    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'closed by agent', 'reopened by agent'])
    expect(await at.eventTypes()).toEqual([
      'contact.created', 'session.started', 'conversation.started', 'message.created', 'conversation.closed', 'conversation.reopened',
    ])
  })

  test('tell who and why', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()

    const closed = valueOf(await at.useCases.updateConversation({ conversationId, status: 'closed', by: ana, reason: 'solved' }))

    expect(closed).toMatchObject({ status: 'closed', closed: { at: at.clock.now(), by: ana, reason: 'solved' } })
    expect((await at.store.entries(conversationId, { limit: 9 })).at(-1)).toMatchObject({ event: 'closed', by: ana, reason: 'solved' })
  })

  test('are refused when the conversation has moved on from the version that the caller saw', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const seen = await at.conversation()
    await at.guestWrites('Wait!')

    const result = await at.useCases.updateConversation({ conversationId: seen.id, status: 'closed', by: ana, ifVersion: seen.version })

    expect(result).toEqual({ ok: false, refusal: { code: 'precondition_failed', currentVersion: (await at.conversation()).version } })
  })

  test('are refused for an unknown conversation and an erased person', async () => {
    const at = await scenario()
    expect(await at.useCases.updateConversation({ conversationId: toId('unknown'), status: 'open', by: ana })).toMatchObject({ refusal: { code: 'not_found', noun: 'conversation' } })
    await at.guestWrites('Hello')
    await at.useCases.eraseContact({ contactId: at.guest.contact.id })

    expect(await at.agentReopens()).toEqual({ ok: false, refusal: { code: 'erased', noun: 'conversation' } })
  })
})

describe('participants', () => {
  test('join with their first word, agents visibly', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')

    await at.businessSends('Hi, I am Ana', { from: ana, proactive: false })
    await at.businessSends('How can I help?', { from: ana, proactive: false })

    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'joined by agent', 'agent: Hi, I am Ana', 'agent: How can I help?'])
    expect((await at.conversation()).participants.map(({ purpose, externalId }) => [purpose, externalId])).toEqual([['customer', at.guest.contact.id], ['agent', 'ana']])
  })

  test('are added once', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()
    const add = () => at.useCases.addParticipant({ conversationId, who: { actor: ana }, by: ana })

    const first = valueOf(await add())
    const second = valueOf(await add())

    expect(second.participant).toEqual(first.participant)
    expect((await at.log()).filter((line) => line === 'joined by agent')).toHaveLength(1)
  })

  test.for(['nobody named', 'participant', 'contact'] as const)('who are the customer reopen a closed conversation by being added back: %s', async (how) => {
    const at = await scenario()
    await at.guestWrites('Bye')
    await at.agentCloses()
    const { id: conversationId, contactId, participants } = await at.conversation()
    const who = { 'nobody named': {}, participant: { participantId: must(participants[0], 'there is a customer').id }, contact: { contactId } }[how]

    const added = valueOf(await at.useCases.addParticipant({ conversationId, who, by: ana }))

    expect(added).toMatchObject({ participant: { purpose: 'customer' }, conversation: { status: 'open' } })
    expect((await at.log()).at(-1)).toBe('reopened by agent')
    expect(valueOf(await at.useCases.addParticipant({ conversationId, who, by: ana })).conversation).toEqual(added.conversation)
  })

  test('leave once, and take part again when they are added back', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()
    const { participant } = valueOf(await at.useCases.addParticipant({ conversationId, who: { actor: ana }, by: ana }))
    const leave = () => at.useCases.removeParticipant({ conversationId, participantId: participant.id, by: ana })

    expect([await leave(), await leave()]).toEqual([{ ok: true, value: null }, { ok: true, value: null }])
    const back = valueOf(await at.useCases.addParticipant({ conversationId, who: { participantId: participant.id }, by: ana }))

    expect(back.participant).toMatchObject({ externalId: 'ana', name: 'Ana' })
    expect(back.participant).not.toHaveProperty('leftAt')
    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'joined by agent', 'left by agent', 'joined by agent'])
  })

  test('without a name or an id of their own leave and come back all the same', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()
    const { participant } = valueOf(await at.useCases.addParticipant({ conversationId, who: { actor: { kind: 'bot' } }, by: ana }))
    await at.useCases.removeParticipant({ conversationId, participantId: participant.id, by: ana })

    expect(valueOf(await at.useCases.addParticipant({ conversationId, who: { participantId: participant.id }, by: ana })).participant.purpose).toBe('bot')
  })

  test('who are the customer are not removed: the caller is told to close instead', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId, participants } = await at.conversation()

    const result = await at.useCases.removeParticipant({ conversationId, participantId: must(participants[0], 'there is a customer').id, by: ana })

    expect(result).toMatchObject({ refusal: { code: 'invalid_request', faults: [{ pointer: '#/participantId' }] } })
  })

  test('who are unknown, or of an unknown conversation, or of an erased person, are refused', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()
    const stranger = toId<'participant'>('stranger')

    expect(await at.useCases.addParticipant({ conversationId, who: { participantId: stranger }, by: ana })).toMatchObject({ refusal: { noun: 'participant', id: 'stranger' } })
    expect(await at.useCases.addParticipant({ conversationId, who: { contactId: toId('other') }, by: ana })).toMatchObject({ refusal: { noun: 'participant', id: 'other' } })
    expect(await at.useCases.addParticipant({ conversationId: toId('unknown'), who: {}, by: ana })).toMatchObject({ refusal: { noun: 'conversation' } })
    expect(await at.useCases.removeParticipant({ conversationId, participantId: stranger, by: ana })).toMatchObject({ refusal: { noun: 'participant' } })
    expect(await at.useCases.removeParticipant({ conversationId: toId('unknown'), participantId: stranger, by: ana })).toMatchObject({ refusal: { noun: 'conversation' } })
    await at.useCases.eraseContact({ contactId: at.guest.contact.id })
    expect(await at.useCases.addParticipant({ conversationId, who: {}, by: ana })).toMatchObject({ refusal: { code: 'erased' } })
    expect(await at.useCases.removeParticipant({ conversationId, participantId: stranger, by: ana })).toMatchObject({ refusal: { code: 'erased' } })
  })
})
