import { describe, expect, test } from 'vitest'
import { toId } from '../../../domain/ids.ts'
import { days, plus } from '../../../domain/instant.ts'
import { aClient, aClosedConversation, aContact, aConversation, aDeployment, anAgent, aProactiveMessage, aSession } from '../../builders.ts'
import { newYear } from '../../fake-clock.ts'
import type { ProactiveMessage } from '../../../domain/proactive/proactive.ts'
import type { PendingNeed } from '../../../ports/store.ts'
import { look, opened, said, settle, write, type OpenStore } from './open-store.ts'

export function needsContract(open: OpenStore): void {
  describe('a decision is shown', () => {
    test('nothing, when nothing of what it needs is known', async () => {
      await using at = await opened(open)
      const unknown = toId<never>('unknown')

      const found = await look(
        at.store,
        {
          deploymentId: unknown, contactId: unknown, conversationId: unknown, latestConversation: true, sessionId: unknown, latestSession: true, openSessions: true,
          clientId: 'unknown', proactiveId: unknown, pendingMessages: { kind: 'all' }, idempotencyKey: 'unknown', oauthClientId: unknown, agentId: unknown,
          agentName: 'unknown', externalId: 'unknown', tokenHash: 'unknown', guestToken: { deploymentId: unknown, hash: 'unknown' },
        },
        (all) => all,
      )

      expect(found).toEqual({ openSessions: [], pendingMessages: [] })
    })

    test('what it asked for and no more', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)

      const found = await look(at.store, { contactId: contact.id }, (all) => all)

      expect(found).toEqual({ contact, deployment: aDeployment(), openSessions: [], pendingMessages: [] })
    })

    test("the session of a browser's token, its contact, and that contact's deployment", async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)

      const found = await look(at.store, { guestToken: { deploymentId: toId('deployment-1'), hash: 'token-1' }, latestConversation: true }, (all) => all)

      expect(found).toMatchObject({ session: { id: 'session-1' }, contact: { id: contact.id }, deployment: { id: 'deployment-1' }, latestConversation: { id: 'conversation-1' } })
    })

    test('the newest of the sessions that one token had, and none of another deployment', async () => {
      await using at = await opened(open)
      await settle(at.store)
      await write(at.store, { kind: 'put-session', session: aSession({ id: toId('session-1b'), tokenHash: 'token-1' }) })

      const here = await look(at.store, { guestToken: { deploymentId: toId('deployment-1'), hash: 'token-1' } }, ({ session }) => session?.id)
      const elsewhere = await look(at.store, { guestToken: { deploymentId: toId('deployment-2'), hash: 'token-1' } }, ({ session }) => session?.id)

      expect(here).toBe('session-1b')
      expect(elsewhere).toBeUndefined()
      expect((await at.store.sessionByToken(toId('deployment-1'), 'token-1'))?.id).toBe('session-1b')
    })

    test('what the decision before it did for the same unknown token', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-deployment', deployment: aDeployment() })
      const arrive = (name: string) =>
        at.store.transact({
          need: { guestToken: { deploymentId: toId('deployment-1'), hash: 'fresh' } },
          decide: (found) => {
            if (found.contact) return { result: found.contact.id, changes: [] }
            const contact = aContact({ id: toId(name) })
            return { result: contact.id, changes: [{ kind: 'put-contact', contact }, { kind: 'put-session', session: aSession({ id: toId(`session of ${name}`), contactId: contact.id, tokenHash: 'fresh' }) }] }
          },
        })

      const contacts = await Promise.all([arrive('first'), arrive('second')])

      expect(new Set(contacts).size).toBe(1)
    })

    test('as the latest conversation the newest open one, and the newest of all when none is open', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      const latest = async () => (await look(at.store, { contactId: contact.id, latestConversation: true }, (found) => found.latestConversation))?.id
      const second = aConversation({ id: toId('conversation-2') })
      const third = aClosedConversation({ id: toId('conversation-3') })

      await write(at.store, { kind: 'put-conversation', conversation: second })
      expect(await latest()).toBe('conversation-2')
      await write(at.store, { kind: 'put-conversation', conversation: third })
      expect(await latest()).toBe('conversation-2')
      await write(at.store, { kind: 'put-conversation', conversation: aClosedConversation({ id: second.id }) })
      expect(await latest()).toBe('conversation-1')
      await write(at.store, { kind: 'put-conversation', conversation: aClosedConversation() })
      expect(await latest()).toBe('conversation-3')
      expect((await at.store.latestConversation(contact.id))?.id).toBe('conversation-3')
    })

    test('the latest session, and those that have not ended', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      const ended = aSession({ id: toId('session-2'), tokenHash: 'token-2', ended: { at: newYear, reason: 'ended_by_guest' } })
      await write(at.store, { kind: 'put-session', session: ended })

      const found = await look(at.store, { contactId: contact.id, latestSession: true, openSessions: true }, (all) => all)

      expect(found.latestSession).toEqual(ended)
      expect(found.openSessions.map(({ id }) => id)).toEqual(['session-1'])
      expect(await at.store.latestSession(contact.id)).toEqual(ended)
      expect(await at.store.session(ended.id)).toEqual(ended)
    })

    test('the messages under way that a decision is about, oldest first', async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)
      const statuses = ['scheduled', 'sent', 'delivered', 'seen', 'cancelled', 'expired'] as const
      for (const [index, status] of statuses.entries()) {
        for (const seq of [index + 1, index + 11]) {
          const id = `${status} ${String(seq)}`
          const policy = seq > 10 ? { supersedeKey: 'k' } : {}
          await write(at.store, { kind: 'put-proactive', proactive: aProactiveMessage({ id: toId(id), messageId: toId(`message ${id}`), status, seq, policy, conversationId: conversation.id }) })
        }
      }
      const pending = (pendingMessages: PendingNeed) =>
        look(at.store, { contactId: contact.id, pendingMessages }, (found) => found.pendingMessages.map(({ status, seq }) => `${status} ${String(seq)}`))
      const reached = { kind: 'reached', conversationId: conversation.id } as const

      expect(await pending({ kind: 'all' })).toEqual(['scheduled 1', 'scheduled 11', 'sent 2', 'sent 12', 'delivered 3', 'delivered 13'])
      expect(await pending({ kind: 'scheduled' })).toEqual(['scheduled 1', 'scheduled 11'])
      expect(await pending({ kind: 'superseded', supersedeKey: 'k' })).toEqual(['scheduled 11', 'sent 12'])
      expect(await pending({ ...reached, deliveredSeq: 10, seenSeq: 0 })).toEqual(['scheduled 1', 'scheduled 11', 'sent 2'])
      expect(await pending({ ...reached, deliveredSeq: 12, seenSeq: 12 })).toEqual(['scheduled 1', 'scheduled 11', 'sent 2', 'sent 12', 'delivered 3'])
      expect(await pending({ ...reached, conversationId: toId('another'), deliveredSeq: 99, seenSeq: 99 })).toEqual(['scheduled 1', 'scheduled 11'])
    })

    test('the messages under way as those before it leave them, though all are asked for at the same moment', async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)
      const message = (name: string, more: Partial<ProactiveMessage>) =>
        aProactiveMessage({ id: toId(name), messageId: toId(`message ${name}`), contactId: contact.id, conversationId: conversation.id, ...more })
      await write(at.store, { kind: 'put-proactive', proactive: message('known', { status: 'sent', seq: 1, policy: { supersedeKey: 'k' } }) })
      const needs: readonly PendingNeed[] = [
        { kind: 'all' }, { kind: 'scheduled' }, { kind: 'superseded', supersedeKey: 'k' },
        { kind: 'reached', conversationId: conversation.id, deliveredSeq: 2, seenSeq: 1 },
      ]
      const show = () => Promise.all(needs.map((pendingMessages) => look(at.store, { contactId: contact.id, pendingMessages }, (found) => found.pendingMessages.map(({ id }) => id).join(' '))))
      const put = (...args: Parameters<typeof message>) => at.store.transact({
        need: { contactId: contact.id, pendingMessages: { kind: 'all' } },
        decide: () => ({ result: undefined, changes: [{ kind: 'put-proactive', proactive: message(...args) }] }),
      })

      const [atFirst, , withNew, , withLater, , atLast] = await Promise.all([
        show(), put('new', { status: 'sent', seq: 2 }), show(), put('later', { status: 'scheduled', policy: { supersedeKey: 'k' } }), show(), put('known', { status: 'seen', seq: 1 }), show(),
      ])

      expect(atFirst).toEqual(['known', '', 'known', 'known'])
      expect(withNew).toEqual(['known new', '', 'known', 'known new'])
      expect(withLater).toEqual(['known new later', 'later', 'known later', expect.stringMatching(/^(known new later|later known new)$/)])
      expect(atLast).toEqual(['new later', 'later', 'later', expect.stringMatching(/^(new later|later new)$/)])
    })

    test('a proactive message as it was put last, by its own id and by its message', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      const message = aProactiveMessage({ policy: { supersedeKey: 'k', unless: ['seen'] }, seq: 3, conversationId: toId('conversation-1') })
      await write(at.store, { kind: 'put-proactive', proactive: message })
      const seen = { ...message, status: 'seen', version: 2 } as const
      await write(at.store, { kind: 'put-proactive', proactive: seen })

      expect(await look(at.store, { contactId: contact.id, proactiveId: message.id }, ({ proactive }) => proactive)).toEqual(seen)
      expect(await at.store.proactive(message.id)).toEqual(seen)
      expect(await at.store.proactiveByMessage(message.messageId)).toEqual(seen)
    })

    test("the contact's message with a client id, whole", async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)
      await write(at.store, ...said(conversation, 1, { clientId: 'c1', content: [{ contentType: 'QuickReply' }], metadata: { page: '/cart' } }))

      const duplicate = await look(at.store, { contactId: contact.id, clientId: 'c1' }, (found) => found.duplicate)

      expect(duplicate).toMatchObject({ clientId: 'c1', text: 'line 1', seq: 1, content: [{ contentType: 'QuickReply' }], metadata: { page: '/cart' } })
      expect(await look(at.store, { contactId: contact.id, clientId: 'c2' }, (found) => found.duplicate)).toBeUndefined()
    })

    test('a remembered answer until it runs out, also to readers', async () => {
      await using at = await opened(open)
      const answer = { key: 'k', fingerprint: 'f', value: { id: 'x', list: [1, null] }, expiresAt: plus(newYear, days(1)) }
      await write(at.store, { kind: 'put-answer', answer })
      const found = () => look(at.store, { idempotencyKey: 'k' }, (all) => all.answer?.value)

      expect(await found()).toEqual(answer.value)
      expect(await at.store.answer('k')).toMatchObject({ fingerprint: 'f', value: answer.value })
      at.clock.advance(days(1))
      expect(await found()).toBeUndefined()
      expect(await at.store.answer('k')).toBeUndefined()
    })

    test('a new answer under a key whose old answer has run out', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-answer', answer: { key: 'k', fingerprint: 'f', value: 'old', expiresAt: newYear } })
      await write(at.store, { kind: 'put-answer', answer: { key: 'k', fingerprint: 'g', value: 'new', expiresAt: plus(newYear, days(1)) } })

      expect(await look(at.store, { idempotencyKey: 'k' }, (all) => all.answer)).toMatchObject({ fingerprint: 'g', value: 'new' })
    })

    test('clients, tokens, agents by id and by name, and the holder of an external id', async () => {
      await using at = await opened(open)
      const token = { hash: 'h', clientId: aClient().id, scopes: ['events:read'], issuedAt: newYear, expiresAt: plus(newYear, days(1)) } as const
      const holder = aContact({ externalId: 'crm-7' })
      await write(
        at.store,
        { kind: 'put-client', client: aClient() }, { kind: 'put-token', token }, { kind: 'put-agent', agent: anAgent() },
        { kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: holder },
      )

      const found = await look(
        at.store,
        { oauthClientId: aClient().id, tokenHash: 'h', agentId: anAgent().id, agentName: 'ana', externalId: 'crm-7', deploymentId: aDeployment().id },
        (all) => all,
      )

      expect(found).toEqual({
        oauthClient: aClient(), accessToken: token, agent: anAgent(), agentNamed: anAgent(), contactWithExternalId: holder, deployment: aDeployment(),
        openSessions: [], pendingMessages: [],
      })
    })
  })
}
