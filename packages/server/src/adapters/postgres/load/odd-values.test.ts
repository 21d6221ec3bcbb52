import { toId, type Change, type Work } from '@beckon/core'
import { aContact, aConversation, aDeployment, aMessage } from '@beckon/core/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../../testing/services/postgres-cluster.ts'
import { createSystemClock } from '../../system/clock.ts'
import { createIdSource } from '../../system/ids.ts'
import { createTimers } from '../../system/timers.ts'
import { openPostgresStore, type PostgresStore } from '../open.ts'

let cluster: PostgresCluster
let url: string
let store: PostgresStore
beforeAll(async () => {
  const clock = createSystemClock()
  cluster = await startPostgres()
  url = await cluster.createDatabase()
  store = await openPostgresStore({ url, clock, timers: createTimers(), ids: createIdSource(clock) })
  await store.transact(write({ kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: aContact() }, { kind: 'put-conversation', conversation: aConversation() }))
}, 30_000)
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await cluster[Symbol.asyncDispose]()
}, 30_000)

function write(...changes: readonly Change[]): Work<void> {
  return { need: {}, decide: () => ({ result: undefined, changes }) }
}

const odd = toId<'contact'>('a\0b')

test('a text with NUL, by which callers may ask for anything, finds nothing; the store is not away for it', async () => {
  const page = { size: 10 }
  const nobody = { entities: [] }

  expect(await store.contact(odd)).toBeUndefined()
  expect(await store.contacts(page, { text: odd })).toEqual(nobody)
  expect(await store.conversations(page, { text: odd })).toEqual(nobody)
  expect(await store.proactives(page, { contactId: odd })).toEqual(nobody)
  expect(await store.events(0, 10, { contactId: odd })).toEqual({ events: [], through: 0 })
  expect(await store.guestHistory(toId(odd), { afterSeq: 0, offset: 0, limit: 10 })).toEqual({ entries: [], total: 0 })
})

test.each([2 ** 31, 2 ** 53, 1e19])('a place in a log beyond any that there is, such as %d, is one at which there is nothing', async (seq) => {
  const { id: conversationId, contactId } = aConversation()

  expect(await store.entries(conversationId, { after: seq, limit: 10 })).toEqual([])
  expect(await store.entries(conversationId, { before: seq, limit: 10 })).toEqual([])
  expect(await store.guestHistory(conversationId, { afterSeq: 0, offset: seq, limit: 10 })).toMatchObject({ entries: [] })
  const marks: Work<number> = { need: { contactId, pendingMessages: { kind: 'reached', conversationId, deliveredSeq: seq, seenSeq: seq } }, decide: ({ pendingMessages }) => ({ result: pendingMessages.length, changes: [] }) }
  expect(await store.transact(marks)).toBe(0)
})

test('decisions about nothing that can be are made together with others, and one that writes such a text fails alone', async () => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const commits = async () => Number((await client.query<{ readonly count: string }>('SELECT count(*) FROM commits')).rows[0]?.count)
  const before = await commits()
  const claim: Work<boolean> = { need: { contactId: odd, externalId: odd, pendingMessages: { kind: 'superseded', supersedeKey: odd } }, decide: ({ contact }) => ({ result: contact === undefined, changes: [] }) }
  const neighbour = write({ kind: 'put-contact', contact: aContact({ id: toId('contact-2') }) })

  const outcomes = await Promise.allSettled([store.transact(claim), store.transact(write({ kind: 'append-entry', entry: aMessage({ clientId: odd }) })), store.transact(neighbour)])
  const after = await commits()
  await client.end()

  expect(outcomes).toMatchObject([{ value: true }, { reason: { name: 'TypeError' } }, { status: 'fulfilled' }])
  expect(after - before).toBe(1)
})
