import { scopesByRole } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld } from '../../testing/api-world.ts'

const clients = '/api/v2/oauth/clients'
const agents = '/api/v2/agents'

describe('a program that manages clients hands out no more than it holds', () => {
  test('a new client gets scopes of its maker, and none beyond', async () => {
    await using api = await createApiWorld()
    const token = await api.tokenWith(['oauth:clients:write', 'events:read'])

    const within = await api.call(`POST ${clients}`, { body: { name: 'Feed', scopes: ['events:read'] }, token })
    const beyond = await api.call(`POST ${clients}`, { body: { name: 'Everything', scopes: ['events:read', 'contacts:erase'] }, token })

    expect(within.status).toBe(201)
    expect(beyond.body).toMatchObject({ status: 403, code: 'insufficient_scope', requiredScope: 'contacts:erase', grantedScopes: ['oauth:clients:write', 'events:read'] })
    expect(beyond.headers['www-authenticate']).toMatch(/error="insufficient_scope".* scope="contacts:erase"/)
    expect((await api.store.oauthClients({ size: 100 })).entities.map(({ name }) => name)).not.toContain('Everything')
  })

  test('a client it changes, even itself, gains none beyond either, whether the client exists or not', async () => {
    await using api = await createApiWorld()
    const { clientId } = await api.clientWith(['events:read'])
    const token = await api.tokenWith(['oauth:clients:write'])

    const answers = [clientId, 'nobody'].map((id) => api.call(`PATCH ${clients}/${id}`, { body: { scopes: ['contacts:erase'] }, token }))

    for (const answer of answers) expect((await answer).body).toMatchObject({ status: 403, requiredScope: 'contacts:erase' })
    expect(await api.store.oauthClient(clientId)).toMatchObject({ scopes: ['events:read'] })
  })

  test('it may take scopes away, and give any name', async () => {
    await using api = await createApiWorld()
    const { clientId } = await api.clientWith(['events:read', 'contacts:erase'])
    const token = await api.tokenWith(['oauth:clients:write'])

    expect((await api.call(`PATCH ${clients}/${clientId}`, { body: { name: 'Old feed', scopes: ['events:read'] }, token })).body).toMatchObject({ name: 'Old feed', scopes: ['events:read'] })
  })

  test('it does not get the secret of a client that may do more', async () => {
    await using api = await createApiWorld()
    const [{ clientId: lesser }, { clientId: greater }] = [await api.clientWith(['oauth:clients:write']), await api.clientWith(['contacts:erase'])]
    const token = await api.tokenWith(['oauth:clients:write'])
    const hashBefore = (await api.store.oauthClient(greater))?.secretHash

    expect((await api.call(`POST ${clients}/${lesser}/secret`, { token })).status).toBe(200)
    expect((await api.call(`POST ${clients}/${greater}/secret`, { token })).body).toMatchObject({ status: 403, requiredScope: 'contacts:erase' })
    expect((await api.store.oauthClient(greater))?.secretHash).toBe(hashBefore)
  })
})

describe('a program that manages agents makes nobody mightier than itself', () => {
  const agent = { name: 'mira', password: 'correct horse battery' }

  test('a role needs the scopes of that role', async () => {
    await using api = await createApiWorld()
    const bare = await api.tokenWith(['agents:write'])
    const lead = await api.tokenWith(['agents:write', ...scopesByRole.supervisor])

    expect((await api.call(`POST ${agents}`, { body: agent, token: bare })).body).toMatchObject({ status: 403, requiredScope: 'conversations:read' })
    const made = await api.call(`POST ${agents}`, { body: { ...agent, role: 'supervisor' }, token: lead })
    expect(made.status).toBe(201)
    expect((await api.call(`PATCH ${agents}/${made.body['id']}`, { body: { role: 'admin' }, token: lead })).body).toMatchObject({ status: 403, code: 'insufficient_scope' })
  })

  test('a password of somebody who may do more is not changed, their display name is', async () => {
    await using api = await createApiWorld()
    const { agentId } = await api.deskCookie('admin')
    const token = await api.tokenWith(['agents:write', ...scopesByRole.agent])

    expect((await api.call(`PATCH ${agents}/${agentId}`, { body: { password: 'let me in, please' }, token })).status).toBe(403)
    expect((await api.call(`PATCH ${agents}/${agentId}`, { body: { displayName: 'Chief' }, token })).status).toBe(200)
  })

  test('an administrator at the desk may do all of it', async () => {
    await using api = await createApiWorld()
    const { cookie } = await api.deskCookie('admin')
    const headers = { cookie, 'x-beckon-desk': '1' }

    expect((await api.call(`POST ${agents}`, { body: { ...agent, role: 'admin' }, token: null, headers })).status).toBe(201)
    expect((await api.call(`POST ${clients}`, { body: { name: 'All', scopes: ['contacts:erase'] }, token: null, headers })).status).toBe(201)
  })
})
