import { describe, expect, test } from 'vitest'
import { toId } from '../../../domain/ids.ts'
import { days, plus } from '../../../domain/instant.ts'
import type { Committed } from '../../../ports/store.ts'
import { aContact, anAgent, aMessage } from '../../builders.ts'
import { look, opened, said, sayNext, settle, write, type OpenStore } from './open-store.ts'

export function transactionsContract(open: OpenStore): void {
  describe('a transaction', () => {
    test('shows its decision what it needs, and its changes to everybody afterwards', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)

      const name = await at.store.transact({
        need: { contactId: contact.id },
        decide: (found) => ({ result: found.contact?.id, changes: [{ kind: 'put-contact', contact: { ...contact, name: 'Ada' } }] }),
      })

      expect(name).toBe(contact.id)
      expect(await at.store.contact(contact.id)).toEqual({ ...contact, name: 'Ada' })
    })

    test('that decides on no changes answers all the same, and tells nobody', async () => {
      await using at = await opened(open)
      const { contact } = await settle(at.store)
      const told: Committed[] = []
      at.store.onCommitted((batch) => told.push(...batch))

      expect(await look(at.store, { contactId: contact.id }, (found) => found.contact?.version)).toBe(1)
      expect(told).toEqual([])
    })

    test('sees what the one before it did, though both were asked for at the same moment', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)

      const places = await Promise.all([at.store.transact(sayNext(conversation)), at.store.transact(sayNext(conversation)), at.store.transact(sayNext(conversation))])

      expect(places).toEqual([1, 2, 3])
    })

    test('keeps each log free of gaps under hundreds of writers at once', async () => {
      await using at = await opened(open)
      const threads = await Promise.all(['1', '2', '3', '4'].map(async (name) => (await settle(at.store, name)).conversation))

      await Promise.all(Array.from({ length: 400 }, (_, index) => at.store.transact(sayNext(threads[index % 4] ?? unreachableThread()))))

      for (const thread of threads) {
        const log = await at.store.entries(thread.id, { limit: 500 })
        expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
      }
    })

    test('keeps the feed in order and free of gaps under hundreds of writers at once', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)

      await Promise.all(Array.from({ length: 300 }, () => at.store.transact(sayNext(conversation))))

      const { events } = await at.store.events(0, 1000, {})
      const [first] = events
      expect(events.map(({ event }) => event.position - (first?.event.position ?? 0))).toEqual(Array.from({ length: 300 }, (_, index) => index))
    })

    test('whose decision throws fails for its own caller only, with what was thrown', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      const bug = new Error('a decision with a bug')

      const outcomes = await Promise.allSettled([
        at.store.transact(sayNext(conversation)),
        at.store.transact({ need: {}, decide: () => { throw bug } }),
        at.store.transact(sayNext(conversation)),
      ])

      expect(outcomes).toEqual([
        { status: 'fulfilled', value: 1 },
        { status: 'rejected', reason: bug },
        { status: 'fulfilled', value: 2 },
      ])
    })

    test('of which one change fails leaves none, and neighbours in the same commit are not harmed', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      await write(at.store, ...said(conversation, 1))
      const told: Committed[] = []
      at.store.onCommitted((batch) => told.push(...batch))

      const outcomes = await Promise.allSettled([
        write(at.store, { kind: 'put-contact', contact: aContact({ id: toId('left') }) }),
        write(at.store, { kind: 'put-contact', contact: aContact({ id: toId('half') }) }, { kind: 'append-entry', entry: aMessage({ id: toId('again'), seq: 1 }) }),
        write(at.store, { kind: 'put-contact', contact: aContact({ id: toId('right') }) }),
      ])

      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await at.store.contact(toId('half'))).toBeUndefined()
      expect(await at.store.contact(toId('left'))).toBeDefined()
      expect(told.map(({ contactId }) => contactId)).toEqual(['left', 'right'])
    })

    test('that failed can be tried again with what did not exist because of it', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      await write(at.store, ...said(conversation, 1))
      await expect(write(at.store, ...said(conversation, 2), ...said(conversation, 1))).rejects.toBeInstanceOf(Error)

      expect(await at.store.transact(sayNext(conversation))).toBe(2)
      expect(await at.store.entries(conversation.id, { limit: 10 })).toHaveLength(2)
    })

    test('is told to listeners in commit order, before its caller hears of it', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      const order: string[] = []
      at.store.onCommitted((batch) => order.push(...batch.flatMap((one) => one.entries.map(({ entry }) => `told ${entry.seq}`))))

      await Promise.all(Array.from({ length: 20 }, () => at.store.transact(sayNext(conversation)).then((seq) => order.push(`answered ${seq}`))))

      expect(order.filter((step) => step.startsWith('told'))).toEqual(Array.from({ length: 20 }, (_, index) => `told ${index + 1}`))
      for (let seq = 1; seq <= 20; seq += 1) expect(order.indexOf(`told ${seq}`)).toBeLessThan(order.indexOf(`answered ${seq}`))
    })

    test('can be read by whoever is told of it', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      const reads: Promise<unknown>[] = []
      at.store.onCommitted(() => reads.push(at.store.entries(conversation.id, { limit: 10 })))

      await at.store.transact(sayNext(conversation))

      expect(await Promise.all(reads)).toEqual([[expect.objectContaining({ seq: 1, text: 'line 1' })]])
    })

    test('tells what changed: whose it is, entries with their trace, conversations, sessions, events and the next appointment', async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)
      const told: Committed[] = []
      at.store.onCommitted((batch) => told.push(...batch))
      const [putConversation, append, event] = said(conversation, 1)
      if (putConversation?.kind !== 'put-conversation' || append?.kind !== 'append-entry' || event?.kind !== 'append-event') return

      await write(at.store, putConversation, { ...append, trace: { tracingId: 'trace-1' } }, event, timer('later', 2), timer('sooner', 1))

      expect(told).toEqual([
        {
          contactId: contact.id,
          conversations: [putConversation.conversation],
          entries: [expect.objectContaining({ entry: append.entry, trace: { tracingId: 'trace-1' } })],
          sessions: [],
          events: [{ ...event.event, position: await at.store.lastPosition() }],
          dueAt: timer('sooner', 1).timer.dueAt,
        },
      ])

      function timer(id: string, count: number) {
        return { kind: 'put-timer', timer: { id, dueAt: plus(at.clock.now(), days(count)), job: { kind: 'close-idle', contactId: contact.id, conversationId: conversation.id } } } as const
      }
    })

    test('says nothing more to a listener that has ended its subscription', async () => {
      await using at = await opened(open)
      const told: Committed[] = []
      const end = at.store.onCommitted((batch) => told.push(...batch))

      end()
      await settle(at.store)

      expect(told).toEqual([])
    })

    test('gives a client id to one message of a contact, and to another contact freely', async () => {
      await using at = await opened(open)
      const mine = await settle(at.store, '1')
      const theirs = await settle(at.store, '2')
      await write(at.store, ...said(mine.conversation, 1, { clientId: 'c1' }))

      await expect(write(at.store, ...said(mine.conversation, 2, { clientId: 'c1' }))).rejects.toBeInstanceOf(Error)
      await write(at.store, ...said(theirs.conversation, 1, { clientId: 'c1' }))

      expect(await look(at.store, { contactId: mine.contact.id, clientId: 'c1' }, (found) => found.duplicate?.conversationId)).toBe(mine.conversation.id)
    })

    test('gives an external id to one contact, and to another once it is free', async () => {
      await using at = await opened(open)
      await settle(at.store)
      const holder = aContact({ id: toId('holder'), externalId: 'crm-7' })
      await write(at.store, { kind: 'put-contact', contact: holder })

      await expect(write(at.store, { kind: 'put-contact', contact: aContact({ id: toId('other'), externalId: 'crm-7' }) })).rejects.toBeInstanceOf(Error)
      const { externalId: _, ...free } = holder
      await write(at.store, { kind: 'put-contact', contact: free }, { kind: 'put-contact', contact: aContact({ id: toId('other'), externalId: 'crm-7' }) })

      expect((await at.store.contactByExternalId('crm-7'))?.id).toBe('other')
    })

    test('gives a name to one agent, and to another once it is free', async () => {
      await using at = await opened(open)
      await write(at.store, { kind: 'put-agent', agent: anAgent() })

      await expect(write(at.store, { kind: 'put-agent', agent: anAgent({ id: toId('other') }) })).rejects.toBeInstanceOf(Error)
      await write(at.store, { kind: 'delete-agent', id: anAgent().id }, { kind: 'put-agent', agent: anAgent({ id: toId('other') }) })

      expect((await at.store.agentByName('ana'))?.id).toBe('other')
    })
  })
}

function unreachableThread(): never {
  throw new Error('there are four threads')
}
