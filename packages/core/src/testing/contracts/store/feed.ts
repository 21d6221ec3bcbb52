import { describe, expect, test } from 'vitest'
import { toId } from '../../../domain/ids.ts'
import type { EventFilter } from '../../../ports/reader.ts'
import type { Store } from '../../../ports/store.ts'
import { line, look, moment, opened, said, sayNext, settle, write, type OpenStore } from './open-store.ts'

export function feedContract(open: OpenStore): void {
  describe('the feed', () => {
    test('gives what comes after a position, in order, with the entry that an event is about', async () => {
      await using at = await opened(open)
      const { contact, conversation } = await settle(at.store)
      await write(at.store, ...said(conversation, 1))
      const start = await at.store.lastPosition()
      await write(at.store, ...said(conversation, 2), { kind: 'append-event', event: { type: 'contact.updated', at: moment(3), contactId: contact.id, data: { by: 'crm' } } })

      const { events, through } = await at.store.events(start, 10, {})

      expect(events).toEqual([
        {
          event: { type: 'message.created', at: moment(2), contactId: contact.id, conversationId: conversation.id, entrySeq: 2, position: start + 1 },
          entry: line(conversation, 2),
        },
        { event: { type: 'contact.updated', at: moment(3), contactId: contact.id, data: { by: 'crm' }, position: start + 2 } },
      ])
      expect(through).toBe(start + 2)
      expect(await at.store.lastPosition()).toBe(start + 2)
    })

    test('is read through to its end in parts, whatever the filter, missing and repeating nothing', async () => {
      await using at = await opened(open)
      const one = await settle(at.store, '1')
      const two = await settle(at.store, '2')
      for (let seq = 1; seq <= 12; seq += 1) await write(at.store, ...said(seq % 3 === 0 ? one.conversation : two.conversation, seq % 3 === 0 ? seq / 3 : seq - Math.floor(seq / 3)))
      await write(at.store, { kind: 'append-event', event: { type: 'contact.updated', at: moment(1), contactId: one.contact.id } })

      expect(await readAll(at.store, {}, 5)).toHaveLength(13)
      expect(await readAll(at.store, { contactId: one.contact.id }, 2)).toHaveLength(5)
      expect(await readAll(at.store, { conversationId: two.conversation.id }, 3)).toHaveLength(8)
      expect(await readAll(at.store, { types: ['contact.updated', 'contact.erased'] }, 1)).toHaveLength(1)
      expect(await readAll(at.store, { types: ['message.created'], contactId: one.contact.id }, 1)).toHaveLength(4)
      expect(await readAll(at.store, { contactId: toId('nobody') }, 10)).toEqual([])
    })

    test('never moves past the position it was read from when there is nothing new', async () => {
      await using at = await opened(open)
      const { conversation } = await settle(at.store)
      await write(at.store, ...said(conversation, 1))
      const last = await at.store.lastPosition()

      expect(await at.store.events(last, 10, {})).toEqual({ events: [], through: last })
    })

    test('shows a reader who follows it everything, though many write at the same time', async () => {
      await using at = await opened(open)
      const threads = await Promise.all(['1', '2', '3'].map(async (name) => (await settle(at.store, name)).conversation))
      const start = await at.store.lastPosition()

      const positions: number[] = []
      let through = start
      const writing = Promise.all(threads.flatMap((thread) => Array.from({ length: 40 }, () => at.store.transact(sayNext(thread)))))
      for (let round = 0; positions.length < 120 && round < 10_000; round += 1) {
        const read = await at.store.events(through, 7, {})
        positions.push(...read.events.map(({ event }) => event.position))
        through = read.through
        // A turn through the store's own queue, so that the reader does not keep the writers from running.
        await look(at.store, {}, () => undefined)
      }
      await writing

      expect(positions).toEqual((await at.store.events(start, 1000, {})).events.map(({ event }) => event.position))
      expect(positions).toHaveLength(120)
    })
  })
}

/** The positions a filtered reader sees who goes on from `through` each time until the end. */
async function readAll(store: Store, filter: EventFilter, limit: number): Promise<readonly number[]> {
  const last = await store.lastPosition()
  const positions: number[] = []
  for (let through = 0; through < last; ) {
    const read = await store.events(through, limit, filter)
    expect(read.events.length).toBeLessThanOrEqual(limit)
    expect(read.through).toBeGreaterThan(through)
    positions.push(...read.events.map(({ event }) => event.position))
    through = read.through
  }
  expect(positions).toEqual([...new Set(positions)].toSorted((one, other) => one - other))
  return positions
}
