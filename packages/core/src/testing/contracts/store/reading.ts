import { describe, expect, test } from 'vitest'
import { toId } from '../../../domain/ids.ts'
import { days, plus, type Instant } from '../../../domain/instant.ts'
import type { ConversationPage, Page, PageRequest } from '../../../ports/reader.ts'
import type { Change, Store } from '../../../ports/store.ts'
import { aClient, aClosedConversation, aContact, aConversation, aDeployment, anAgent, aProactiveMessage } from '../../builders.ts'
import { newYear } from '../../fake-clock.ts'
import { line, moment, opened, said, settle, write, type OpenStore } from './open-store.ts'

interface List {
  readonly name: string
  readonly put: (number: number) => Change
  readonly read: (store: Store, page: PageRequest) => Promise<Page<{ readonly id: string }>>
}

const lists: readonly List[] = [
  { name: 'deployments', put: (n) => ({ kind: 'put-deployment', deployment: aDeployment({ id: toId(`row-${n}`) }) }), read: (store, page) => store.deployments(page) },
  { name: 'contacts', put: (n) => ({ kind: 'put-contact', contact: aContact({ id: toId(`row-${n}`) }) }), read: (store, page) => store.contacts(page, {}) },
  {
    name: 'conversations',
    // Two at each moment, so that the moment alone cannot be the place of a row.
    put: (n) => ({ kind: 'put-conversation', conversation: aConversation({ id: toId(`row-${n}`), lastEntryAt: moment(Math.floor(n / 2)) }) }),
    read: (store, page) => store.conversations(page, { status: 'open', deploymentId: toId('deployment-1') }),
  },
  { name: 'proactive messages', put: (n) => ({ kind: 'put-proactive', proactive: aProactiveMessage({ id: toId(`row-${n}`), messageId: toId(`m-${n}`) }) }), read: (store, page) => store.proactives(page, {}) },
  { name: 'OAuth clients', put: (n) => ({ kind: 'put-client', client: aClient({ id: toId(`row-${n}`) }) }), read: (store, page) => store.oauthClients(page) },
  { name: 'agents', put: (n) => ({ kind: 'put-agent', agent: anAgent({ id: toId(`row-${n}`), name: `agent ${n}` }) }), read: (store, page) => store.agents(page) },
]

export function readingContract(open: OpenStore): void {
  describe.for(lists)('a list of $name', ({ put, read }) => {
    test('is read page by page to its end, each row once, while rows are added', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: aContact() })
      await write(at.store, ...Array.from({ length: 7 }, (_, index) => put(index + 10)))

      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page: Page<{ readonly id: string }> = await read(at.store, { size: 3, ...(cursor === undefined ? {} : { cursor }) })
        expect(page.entities.length).toBeLessThanOrEqual(3)
        ids.push(...page.entities.map(({ id }) => id))
        cursor = page.next
        if (ids.length < 8) await write(at.store, put(ids.length + 100))
      } while (cursor !== undefined)

      const old = ids.filter((id) => /^row-1\d$/.test(id))
      expect(new Set(ids).size).toBe(ids.length)
      expect(old.toSorted()).toEqual(Array.from({ length: 7 }, (_, index) => `row-${index + 10}`))
    })

    test('names no next page after the last row, and takes a strange cursor for its beginning', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-contact', contact: aContact({ id: toId('contact-1') }) })
      const before = await read(at.store, { size: 100 })
      await write(at.store, put(10), put(11), put(12))

      const whole = await read(at.store, { size: before.entities.length + 3 })

      expect(whole.entities).toHaveLength(before.entities.length + 3)
      expect(whole.next).toBeUndefined()
      expect(await read(at.store, { size: 100, cursor: 'strange' })).toEqual(whole)
    })
  })

  describe('conversations', () => {
    test('are listed with the newest activity first', async () => {
      await using at = await opened(open)
      const one = await settle(at.store, '1')
      const two = await settle(at.store, '2')
      await write(at.store, ...said(two.conversation, 1))
      await write(at.store, ...said(one.conversation, 1, { at: moment(9) }))

      const { entities } = await at.store.conversations({ size: 10 }, {})

      expect(entities.map(({ id }) => id)).toEqual(['conversation-1', 'conversation-2'])
    })

    test('are found by state, quietness, contact, deployment, and text in any case', async () => {
      await using at = await opened(open)
      await write(
        at.store,
        { kind: 'put-deployment', deployment: aDeployment() },
        { kind: 'put-contact', contact: aContact({ id: toId('ada'), name: 'Ada Lovelace', email: 'ada@Example.org', externalId: 'CRM-7' }) },
        { kind: 'put-contact', contact: aContact({ id: toId('ben') }) },
        { kind: 'put-conversation', conversation: aConversation({ id: toId('open'), contactId: toId('ada'), lastText: 'Where is it?' }) },
        { kind: 'put-conversation', conversation: aClosedConversation({ id: toId('closed'), contactId: toId('ben') }) },
        { kind: 'put-conversation', conversation: aConversation({ id: toId('quiet'), contactId: toId('ben'), quiet: true, deploymentId: toId('deployment-2') }) },
      )
      const ids = async (filter: Parameters<Store['conversations']>[1]) => (await at.store.conversations({ size: 10 }, filter)).entities.map(({ id }) => id).toSorted()

      expect(await ids({ status: 'closed' })).toEqual(['closed'])
      expect(await ids({ status: 'open', quiet: false })).toEqual(['open'])
      expect(await ids({ quiet: true })).toEqual(['quiet'])
      expect(await ids({ contactId: toId('ben') })).toEqual(['closed', 'quiet'])
      expect(await ids({ contactId: toId('nobody') })).toEqual([])
      expect(await ids({ deploymentId: toId('deployment-2') })).toEqual(['quiet'])
      for (const text of ['lovelace', 'example.ORG', 'crm-7', 'WHERE is']) expect(await ids({ text })).toEqual(['open'])
      expect(await ids({ text: 'LOVELACE', status: 'closed' })).toEqual([])
      expect(await ids({ text: '100%' })).toEqual([])
    })

    test('are found however many others were active since, by whoever goes on to the end', async () => {
      await using at = await opened(open)
      const others = Array.from({ length: 10_050 }, (_, index): Change => ({ kind: 'put-conversation', conversation: aConversation({ id: toId(`other-${index}`), lastEntryAt: moment(index + 1), lastText: 'Hello' }) }))
      await write(at.store, { kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: aContact() }, { kind: 'put-conversation', conversation: aConversation({ id: toId('oldest'), lastEntryAt: newYear, lastText: 'A needle' }) }, ...others)
      const found: string[] = []
      const searchedBackTo: (Instant | undefined)[] = []

      let page: ConversationPage | undefined
      do {
        page = await at.store.conversations({ size: 2, ...(page?.next === undefined ? {} : { cursor: page.next }) }, { text: 'needle', status: 'open' })
        found.push(...page.entities.map(({ id }) => id))
        searchedBackTo.push(page.searchedBackTo)
      } while (page.next !== undefined)

      expect(found).toEqual(['oldest'])
      expect(searchedBackTo.at(-1)).toBeUndefined()
      for (const [index, back] of searchedBackTo.slice(1, -1).entries()) expect(back).toBeLessThan(searchedBackTo[index] ?? 0)
    })

    test('are read as they were put last, open or closed', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      expect(await at.store.conversation(conversation.id)).toEqual(conversation)
      const shut = aClosedConversation({ closed: { at: newYear, by: { kind: 'agent', name: 'Ana' }, reason: 'done' }, previousConversationId: toId('earlier') })

      await write(at.store, { kind: 'put-conversation', conversation: shut })

      expect(await at.store.conversation(conversation.id)).toEqual(shut)
      expect(await at.store.conversation(toId('unknown'))).toBeUndefined()
    })
  })

  describe('contacts and proactive messages', () => {
    test('are found by what people know of them', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-contact', contact: aContact({ name: 'Ada Lovelace' }) }, { kind: 'put-contact', contact: aContact({ id: toId('ben'), email: 'ben@example.org' }) })

      expect((await at.store.contacts({ size: 10 }, { text: 'lovelace' })).entities.map(({ id }) => id)).toEqual(['contact-1'])
      expect((await at.store.contacts({ size: 10 }, { text: 'BEN@' })).entities.map(({ id }) => id)).toEqual(['ben'])
      expect((await at.store.contacts({ size: 10 }, { email: 'Ben@Example.org' })).entities.map(({ id }) => id)).toEqual(['ben'])
      expect((await at.store.contacts({ size: 10 }, { email: 'ben@' })).entities).toEqual([])
      expect((await at.store.contacts({ size: 10 }, { deploymentId: aContact().deploymentId })).entities).toHaveLength(2)
      expect((await at.store.contacts({ size: 10 }, { deploymentId: toId('another') })).entities).toEqual([])
      expect((await at.store.contacts({ size: 10 }, {})).entities).toHaveLength(2)
      expect(await at.store.contactByExternalId('unknown')).toBeUndefined()
    })

    test('are listed newest first by contact and status, without the messages that somebody had asked for', async () => {
      await using at = await opened(open)
      await settle(at.store, '1')
      await settle(at.store, '2')
      const rows = [
        aProactiveMessage({ id: toId('a'), messageId: toId('m-a') }),
        aProactiveMessage({ id: toId('b'), messageId: toId('m-b'), status: 'seen', conversationId: toId('conversation-1') }),
        aProactiveMessage({ id: toId('c'), messageId: toId('m-c'), contactId: toId('contact-2') }),
        aProactiveMessage({ id: toId('d'), messageId: toId('m-d'), proactive: false }),
      ]
      for (const proactive of rows) await write(at.store, { kind: 'put-proactive', proactive })
      const ids = async (filter: Parameters<Store['proactives']>[1]) => (await at.store.proactives({ size: 10 }, filter)).entities.map(({ id }) => id)

      expect(await ids({})).toEqual(['c', 'b', 'a'])
      expect(await ids({ contactId: toId('contact-1') })).toEqual(['b', 'a'])
      expect(await ids({ status: 'sent' })).toEqual(['c', 'a'])
      expect(await ids({ contactId: toId('nobody') })).toEqual([])
      expect(await ids({ conversationId: toId('conversation-1') })).toEqual(['b'])
    })
  })

  describe('a log', () => {
    test('is read forwards from a place, and backwards to a place, in the order of seq either way', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      for (let seq = 1; seq <= 9; seq += 1) await write(at.store, ...said(conversation, seq))
      const seqs = async (range: Parameters<Store['entries']>[1]) => (await at.store.entries(conversation.id, range)).map(({ seq }) => seq)

      expect(await seqs({ limit: 3 })).toEqual([1, 2, 3])
      expect(await seqs({ after: 3, limit: 3 })).toEqual([4, 5, 6])
      expect(await seqs({ after: 8, limit: 3 })).toEqual([9])
      expect(await seqs({ after: 9, limit: 3 })).toEqual([])
      expect(await seqs({ before: 10, limit: 3 })).toEqual([7, 8, 9])
      expect(await seqs({ before: 3, limit: 3 })).toEqual([1, 2])
      expect(await seqs({ before: 1, limit: 3 })).toEqual([])
      expect(await at.store.entries(toId('unknown'), { limit: 3 })).toEqual([])
    })

    test('gives back each entry as it was appended', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      const message = line(conversation, 1, { clientId: 'c1', proactiveId: toId('p1'), participantId: toId('p'), content: [{ a: [1] }], metadata: { b: 'c' }, text: 'Zoë 👋' })
      const { text: _text, kind: _kind, ...rest } = line(conversation, 2)
      const event = { ...rest, kind: 'event', event: 'closed', reason: 'done', by: { kind: 'agent', id: 'ana', name: 'Ana' } } as const

      await write(at.store, { kind: 'append-entry', entry: message }, { kind: 'append-entry', entry: event })

      expect(await at.store.entries(conversation.id, { limit: 3 })).toEqual([message, event])
      expect(await at.store.message(message.id)).toEqual(message)
      expect(await at.store.message(event.id)).toBeUndefined()
      expect(await at.store.message(toId('unknown'))).toBeUndefined()
    })

    test('keeps the place and the words of what was withdrawn, and marks it', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      await write(at.store, ...said(conversation, 1), { kind: 'withdraw-entry', conversationId: conversation.id, seq: 1 })

      expect(await at.store.entries(conversation.id, { limit: 3 })).toEqual([{ ...line(conversation, 1), withdrawn: true }])
    })

    test("shows a guest client its standing messages, closings and own arrivals, newest first, with how many there are", async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      for (let seq = 1; seq <= 5; seq += 1) await write(at.store, ...said(conversation, seq))
      const { text: _text, kind: _kind, ...rest } = line(conversation, 6)
      const joined = { ...rest, kind: 'event', event: 'joined' } as const
      const closed = { ...joined, id: toId<'entry'>('closing'), seq: 7, event: 'closed' } as const
      const started = { ...joined, id: toId<'entry'>('start'), seq: 8, event: 'started' } as const
      const arrival = { ...started, id: toId<'entry'>('arrival'), seq: 9, reason: 'autostart' } as const
      const pushed = { ...arrival, id: toId<'entry'>('push'), seq: 10, by: { kind: 'api' } } as const
      await write(at.store, { kind: 'append-entry', entry: joined }, { kind: 'append-entry', entry: closed }, { kind: 'withdraw-entry', conversationId: conversation.id, seq: 4 })
      for (const entry of [started, arrival, pushed]) await write(at.store, { kind: 'append-entry', entry })
      await write(at.store, { kind: 'put-conversation', conversation: { ...conversation, lastSeq: 10 } })
      const read = async (page: Parameters<Store['guestHistory']>[1]) => {
        const { entries, total } = await at.store.guestHistory(conversation.id, page)
        return { seqs: entries.map(({ seq }) => seq), total }
      }

      expect(await read({ afterSeq: 0, offset: 0, limit: 10 })).toEqual({ seqs: [9, 7, 5, 3, 2, 1], total: 6 })
      expect(await read({ afterSeq: 0, offset: 2, limit: 2 })).toEqual({ seqs: [5, 3], total: 6 })
      expect(await read({ afterSeq: 2, offset: 0, limit: 10 })).toEqual({ seqs: [9, 7, 5, 3], total: 4 })
    })
  })

  describe('a store', () => {
    test('answers when it is asked whether it is there, and keeps its epoch', async () => {
      await using at = await opened(open)

      await at.store.ping()

      expect(at.store.epoch).toMatch(/./)
      expect(at.store.epoch).toBe(at.store.epoch)
    })

    test('forgets the tokens of a client that is deleted, and the sign-ins of an agent', async () => {
      await using at = await opened(open)
      const expiresAt = plus(newYear, days(1))
      await write(at.store, { kind: 'put-client', client: aClient() }, { kind: 'put-token', token: { hash: 'h', clientId: aClient().id, scopes: [], issuedAt: newYear, expiresAt } })
      await write(at.store, { kind: 'put-agent', agent: anAgent() }, { kind: 'put-agent-session', session: { hash: 's', agentId: anAgent().id, expiresAt } })
      expect(await at.store.accessToken('h')).toBeDefined()
      expect(await at.store.agentSession('s')).toEqual({ hash: 's', agentId: anAgent().id, expiresAt })

      await write(at.store, { kind: 'delete-client', id: aClient().id }, { kind: 'delete-agent', id: anAgent().id })

      expect(await at.store.oauthClient(aClient().id)).toBeUndefined()
      expect(await at.store.accessToken('h')).toBeUndefined()
      expect(await at.store.agent(anAgent().id)).toBeUndefined()
      expect(await at.store.agentSession('s')).toBeUndefined()
    })

    test('drops a deployment, and one sign-in of an agent, when told to', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-deployment', deployment: aDeployment() })
      await write(at.store, { kind: 'put-agent', agent: anAgent() }, { kind: 'put-agent-session', session: { hash: 's', agentId: anAgent().id, expiresAt: newYear } })

      await write(at.store, { kind: 'delete-deployment', id: aDeployment().id }, { kind: 'delete-agent-session', hash: 's' })

      expect(await at.store.deployment(aDeployment().id)).toBeUndefined()
      expect(await at.store.agentSession('s')).toBeUndefined()
      expect(await at.store.agent(anAgent().id)).toEqual(anAgent())
    })

    test('drops every sign-in of one agent, and of no other', async () => {
      await using at = await opened(open)
      const other = { hash: 'other', agentId: toId<'agent'>('another'), expiresAt: newYear }
      await write(at.store, { kind: 'put-agent', agent: anAgent() }, { kind: 'put-agent-session', session: { hash: 's', agentId: anAgent().id, expiresAt: newYear } }, { kind: 'put-agent-session', session: other })

      await write(at.store, { kind: 'delete-agent-sessions', agentId: anAgent().id })

      expect(await at.store.agentSession('s')).toBeUndefined()
      expect(await at.store.agentSession('other')).toEqual(other)
    })
  })
}
