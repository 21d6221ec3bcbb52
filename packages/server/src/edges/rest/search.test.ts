import { toId, type Change } from '@beckon/core'
import { aContact, aConversation, aDeployment, newYear } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { composeWorld } from '../../testing/composed-world.ts'

test('a search that comes to the end of one page without a finding says how far it came, and finds on the next', async () => {
  await using world = await composeWorld()
  const { token } = await world.issue(['conversations:read'])
  const others = Array.from({ length: 5000 }, (_, index): Change => ({ kind: 'put-conversation', conversation: aConversation({ id: toId(`other-${index}`), lastEntryAt: newYear, lastText: 'Hello' }) }))
  const changes: readonly Change[] = [{ kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: aContact() }, { kind: 'put-conversation', conversation: aConversation({ id: toId('sought'), lastEntryAt: newYear, lastText: 'A needle' }) }, ...others]
  await world.store.transact({ need: {}, decide: () => ({ result: undefined, changes }) })
  const get = async (url: string): Promise<Record<string, unknown>> => (await world.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).json()

  const first = await get('/api/v2/conversations/messaging?q=needle')
  const second = await get(String(first['nextUri']))

  expect(first).toMatchObject({ entities: [], searchedBackTo: '2026-01-01T00:00:00.000Z', nextUri: expect.stringContaining('q=needle') })
  expect(second).toMatchObject({ entities: [{ id: 'sought' }] })
  expect(second).not.toHaveProperty('nextUri')
})
