import type { ConversationFilter } from '@beckon/core'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../../testing/services/postgres-cluster.ts'
import { mostLookedAt } from '../../sql/sought-page.ts'
import { connect } from '../connect.ts'
import { listConversations } from './list-conversations.ts'
import { createQuery, type Query } from './query.ts'

const conversations = 30_000

let cluster: PostgresCluster
let url: string
beforeAll(async () => {
  cluster = await startPostgres()
  url = await cluster.createDatabase()
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`
    INSERT INTO contacts (id, search, body) SELECT 'c' || i, 'guest ' || i, json_build_object('id', 'c' || i) FROM generate_series(1, ${conversations}) AS i;
    INSERT INTO conversations (id, contact_id, status, quiet, last_entry_at, body)
      SELECT 'v' || i, 'c' || i, CASE WHEN i % 100 = 0 THEN 'closed' ELSE 'open' END, false, (i::bigint * 7919) % ${conversations}, json_build_object('id', 'v' || i, 'deploymentId', 'd', 'lastText', 'Hello ' || i)
      FROM generate_series(1, ${conversations}) AS i;
    ANALYZE contacts; ANALYZE conversations`)
  await client.end()
}, 60_000)
afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

interface Plan {
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}

/** Reads as the store does, and notes how many rows the engine took from its tables for it. */
async function listed(filter: ConversationFilter, cursor?: string) {
  await using connections = connect({ url })
  const query = createQuery(connections.reads)
  let touched = 0
  const watched: Query = {
    ...query,
    async rows(name, text, values) {
      const { rows: [row] } = await connections.reads.query<{ readonly 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, [...values])
      const [explained] = JSON.parse(row?.['QUERY PLAN'] ?? '[]') as readonly { readonly Plan: Plan }[]
      touched = explained ? rowsTouched(explained.Plan) : Number.NaN
      return query.rows(name, text, values)
    },
  }
  return { page: await listConversations(watched, { size: 50, ...(cursor === undefined ? {} : { cursor }) }, filter), touched }
}

function rowsTouched(plan: Plan): number {
  const here = plan['Relation Name'] === undefined ? 0 : (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
  return here + (plan.Plans ?? []).reduce((sum, inner) => sum + rowsTouched(inner), 0)
}

describe('a search of conversations', () => {
  const sought: readonly (readonly [name: string, filter: ConversationFilter])[] = [
    ['text that nobody wrote', { text: 'nowhere' }],
    ['text among open conversations', { text: 'nowhere', status: 'open', quiet: false }],
    ['text among closed conversations, which are few', { text: 'nowhere', status: 'closed' }],
    ['a deployment that has none', { deploymentId: 'nothing' as NonNullable<ConversationFilter['deploymentId']> }],
  ]

  test.for(sought)('for %s looks at a bounded number a page, and says how far it came', async ([, filter]) => {
    const { page, touched } = await listed(filter)

    expect(page).toMatchObject({ entities: [], next: expect.any(String), searchedBackTo: expect.any(Number) })
    // The row, its contact, and the place where the page ends.
    expect(touched).toBeLessThanOrEqual(3 * mostLookedAt)
  })

  test('goes on where it stopped, as cheaply, until every conversation was looked at once', async () => {
    const pages = [await listed({ text: 'nowhere' })]
    for (let cursor = pages[0]?.page.next; cursor !== undefined; cursor = pages.at(-1)?.page.next) pages.push(await listed({ text: 'nowhere' }, cursor))

    expect(pages.length - 1).toBe(conversations / mostLookedAt)
    for (const { touched } of pages) expect(touched).toBeLessThanOrEqual(3 * mostLookedAt)
    expect(pages.at(-1)?.page).toEqual({ entities: [] })
  })

  test('for what many wrote stops as soon as the page is full', async () => {
    const { page, touched } = await listed({ text: 'hello' })

    expect(page.entities).toHaveLength(50)
    expect(page).not.toHaveProperty('searchedBackTo')
    expect(touched).toBeLessThan(200)
  })
})
