import { StoreUnavailable, type Contact } from '@beckon/core'
import { aContact } from '@beckon/core/testing'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../../testing/services/postgres-cluster.ts'
import { createLookUps } from './look-up.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres()
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 30_000)

/** Some contacts, and a look-up of them that counts its statements. */
async function someContacts(count: number) {
  const pool = new CountingPool({ connectionString: await cluster.createEmptyDatabase() })
  await pool.query('CREATE TABLE contacts (id text PRIMARY KEY, body text)')
  const ids = Array.from({ length: count }, (_, index) => `contact-${String(index)}`)
  await pool.query('INSERT INTO contacts SELECT id, json_build_object(\'id\', id) FROM unnest($1::text[]) AS id', [ids])
  pool.statements = 0
  const contact = createLookUps(pool)<Contact>('contacts')
  return { pool, ids, contact, [Symbol.asyncDispose]: () => pool.end() }
}

class CountingPool extends Pool {
  statements = 0

  override query: Pool['query'] = (...given: readonly unknown[]) => {
    this.statements += 1
    return Reflect.apply(super.query.bind(this), this, given) as never
  }
}

test('rows that are asked for at the same time are looked up by one statement', async () => {
  await using given = await someContacts(100)

  const found = await Promise.all([...given.ids, ...given.ids, 'nobody'].map(given.contact))

  expect(found.map((one) => one?.id)).toEqual([...given.ids, ...given.ids, undefined])
  expect(given.pool.statements).toBe(1)
})

test('who asks while others are being answered is in the next statement, and sees what was committed meanwhile', async () => {
  await using given = await someContacts(1)
  const first = given.contact('late')
  await new Promise((resolve) => setImmediate(resolve))

  await given.pool.query('INSERT INTO contacts VALUES ($1, $2)', ['late', JSON.stringify(aContact({ name: 'Late' }))])
  const others = Promise.all([given.contact('late'), given.contact('contact-0')])

  expect(await first).toBeUndefined()
  expect((await others).map((one) => one?.name)).toEqual(['Late', undefined])
  expect(given.pool.statements).toBe(3)
})

test('more than fit into one statement are looked up by several', async () => {
  await using given = await someContacts(600)

  const found = await Promise.all(given.ids.map(given.contact))

  expect(found.map((one) => one?.id)).toEqual(given.ids)
  expect(given.pool.statements).toBe(3)
})

test('a key that no text can be finds nothing, and its neighbours are found', async () => {
  await using given = await someContacts(1)

  const found = await Promise.all([given.contact('contact-0'), given.contact('contact\0')])

  expect(found.map((one) => one?.id)).toEqual(['contact-0', undefined])
})

test('an engine that refuses says so to everybody who asked, and to nobody after that', async () => {
  await using given = await someContacts(1)
  await given.pool.query('ALTER TABLE contacts RENAME TO people')

  const outcomes = await Promise.allSettled([given.contact('contact-0'), given.contact('contact-1')])
  await given.pool.query('ALTER TABLE people RENAME TO contacts')

  expect(outcomes.map((one) => one.status === 'rejected' && one.reason instanceof StoreUnavailable)).toEqual([true, true])
  expect((await given.contact('contact-0'))?.id).toBe('contact-0')
})
