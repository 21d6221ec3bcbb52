import { describe, expect, test } from 'vitest'
import { tokenState } from '../../domain/access/client.ts'
import { toId } from '../../domain/ids.ts'
import { minutes, plus } from '../../domain/instant.ts'
import { valueOf } from '../../testing/scenario.ts'
import { createWorld } from '../../testing/world.ts'

describe('a deployment', () => {
  test('is created, changed and taken out of use, and stays readable', async () => {
    const { useCases, store } = createWorld()
    const made = valueOf(await useCases.createDeployment({ settings: { name: 'Shop' } }))

    const changed = valueOf(await useCases.updateDeployment({ id: made.id, settings: { name: 'Store' }, ifVersion: 1 }))
    await useCases.deleteDeployment({ id: made.id })

    expect(changed).toMatchObject({ name: 'Store', version: 2 })
    expect(await store.deployment(made.id)).toMatchObject({ name: 'Store', status: 'inactive' })
  })

  test('that the bootstrap names is made once, and not made over', async () => {
    const { useCases } = createWorld()
    const id = toId<'deployment'>('demo')
    const first = valueOf(await useCases.createDeployment({ id, settings: { name: 'Demo' } }))

    expect(valueOf(await useCases.createDeployment({ id, settings: { name: 'Other' } }))).toEqual(first)
  })

  test('that is unknown, or has moved on, is refused', async () => {
    const { useCases } = createWorld()
    const made = valueOf(await useCases.createDeployment({ settings: {} }))

    expect(await useCases.updateDeployment({ id: made.id, settings: {}, ifVersion: 7 })).toEqual({ ok: false, refusal: { code: 'precondition_failed', currentVersion: 1 } })
    expect(await useCases.updateDeployment({ id: toId('unknown'), settings: {} })).toMatchObject({ refusal: { code: 'not_found' } })
    expect(await useCases.deleteDeployment({ id: toId('unknown') })).toMatchObject({ refusal: { code: 'not_found' } })
  })
})

describe('an OAuth client', () => {
  test('gets its secret once, and only its hash is kept', async () => {
    const { useCases, store, secrets } = createWorld()

    const { client, secret } = valueOf(await useCases.createClient({ details: { name: 'CRM', scopes: ['events:read'] } }))

    expect(client).toMatchObject({ name: 'CRM', scopes: ['events:read'], tokenLifetime: minutes(60) })
    expect(JSON.stringify(await store.oauthClient(client.id))).not.toContain(secret)
    expect(secrets.matches(secret, client.secretHash)).toBe(true)
  })

  test('with no details has a name and may do nothing', async () => {
    const { useCases } = createWorld()

    expect(valueOf(await useCases.createClient({ details: {} })).client).toMatchObject({ name: 'Client', scopes: [] })
  })

  test('that the bootstrap names follows the settings at each start', async () => {
    const { useCases, clock } = createWorld()
    const id = toId<'client'>('demo')
    const first = valueOf(await useCases.createClient({ id, secret: 'one', details: { scopes: ['events:read'] } }))
    clock.advance(minutes(1))

    const second = valueOf(await useCases.createClient({ id, secret: 'two', details: { scopes: ['contacts:read'] } }))

    expect(second.client).toMatchObject({ scopes: ['contacts:read'], createdAt: first.client.createdAt, version: 2 })
    expect(second.client.secretHash).not.toBe(first.client.secretHash)
  })

  test('is changed, gets a new secret that replaces the old, and is deleted', async () => {
    const { useCases, store, secrets } = createWorld()
    const { client, secret } = valueOf(await useCases.createClient({ details: { name: 'CRM' } }))

    const renamed = valueOf(await useCases.updateClient({ id: client.id, details: { name: 'ERP' } }))
    const rotated = valueOf(await useCases.rotateClientSecret({ id: client.id }))
    await useCases.deleteClient({ id: client.id })

    expect(renamed).toMatchObject({ name: 'ERP', secretHash: client.secretHash, version: 2 })
    expect(secrets.matches(secret, rotated.client.secretHash)).toBe(false)
    expect(secrets.matches(rotated.secret, rotated.client.secretHash)).toBe(true)
    expect(await store.oauthClient(client.id)).toBeUndefined()
  })

  test('is not changed under the eyes of two', async () => {
    const { useCases } = createWorld()
    const { client } = valueOf(await useCases.createClient({ details: {} }))
    const agent = valueOf(await useCases.createAgent({ name: 'ana', details: { password: 'x' } }))

    expect(await useCases.updateClient({ id: client.id, details: {}, ifVersion: 7 })).toEqual({ ok: false, refusal: { code: 'precondition_failed', currentVersion: 1 } })
    expect(await useCases.updateAgent({ id: agent.id, details: {}, ifVersion: 7 })).toEqual({ ok: false, refusal: { code: 'precondition_failed', currentVersion: 1 } })
  })

  test('that is unknown is refused everywhere', async () => {
    const { useCases } = createWorld()
    const id = toId<'client'>('unknown')
    const unknown = { ok: false, refusal: { code: 'not_found', noun: 'client', id } }

    expect(await useCases.updateClient({ id, details: {} })).toEqual(unknown)
    expect(await useCases.rotateClientSecret({ id })).toEqual(unknown)
    expect(await useCases.deleteClient({ id })).toEqual(unknown)
  })

  test('is given tokens for a time, which it may give back, and nobody else may', async () => {
    const { useCases, store, clock } = createWorld()
    const { client } = valueOf(await useCases.createClient({ details: {} }))
    const other = valueOf(await useCases.createClient({ details: {} })).client
    const { secret, token } = await useCases.issueToken({ client, scopes: ['events:read'] })
    const state = async () => {
      const kept = await store.accessToken(token.hash)
      return kept && tokenState(kept, clock.now())
    }
    expect(token).toMatchObject({ clientId: client.id, scopes: ['events:read'], expiresAt: plus(clock.now(), minutes(60)) })

    await useCases.revokeToken({ client: other, secret })
    await useCases.revokeToken({ client, secret: 'unknown' })
    expect(await state()).toBe('active')
    await useCases.revokeToken({ client, secret })
    await useCases.revokeToken({ client, secret })

    expect(await state()).toBe('revoked')
  })
})

describe('an agent', () => {
  test('is created with a name of their own, changed, and deleted with their sign-ins', async () => {
    const { useCases, store, secrets } = createWorld()
    const made = valueOf(await useCases.createAgent({ name: 'ana', details: { password: 'correct horse' } }))
    const signedIn = await useCases.loginAgent({ name: 'ana', password: 'correct horse' })
    expect(made).toMatchObject({ name: 'ana', displayName: 'ana', role: 'agent' })
    expect(await useCases.createAgent({ name: 'ana', details: { password: 'x' } })).toEqual({ ok: false, refusal: { code: 'already_exists', noun: 'agent', key: 'ana' } })

    const changed = valueOf(await useCases.updateAgent({ id: made.id, details: { displayName: 'Ana', role: 'supervisor' } }))
    await useCases.deleteAgent({ id: made.id })

    expect(changed).toMatchObject({ displayName: 'Ana', role: 'supervisor', passwordHash: made.passwordHash, version: 2 })
    expect(await store.agentSession(secrets.hash(signedIn?.secret ?? ''))).toBeUndefined()
    expect(await useCases.updateAgent({ id: made.id, details: {} })).toMatchObject({ refusal: { code: 'not_found' } })
    expect(await useCases.deleteAgent({ id: made.id })).toMatchObject({ refusal: { code: 'not_found' } })
  })

  test('signs in with name and password, and is not told which of the two was wrong', async () => {
    const { useCases, store, secrets, clock } = createWorld()
    const made = valueOf(await useCases.createAgent({ name: 'ana', details: { password: 'correct horse' } }))

    const signedIn = await useCases.loginAgent({ name: 'ana', password: 'correct horse' })
    expect(await useCases.loginAgent({ name: 'ana', password: 'wrong' })).toBeUndefined()
    expect(await useCases.loginAgent({ name: 'nobody', password: 'correct horse' })).toBeUndefined()

    expect(signedIn).toMatchObject({ agent: { id: made.id }, lifetime: minutes(720) })
    expect(await store.agentSession(secrets.hash(signedIn?.secret ?? ''))).toMatchObject({ agentId: made.id, expiresAt: plus(clock.now(), minutes(720)) })
  })

  test('signs out, with any cookie', async () => {
    const { useCases, store, secrets } = createWorld()
    await useCases.createAgent({ name: 'ana', details: { password: 'correct horse' } })
    const signedIn = await useCases.loginAgent({ name: 'ana', password: 'correct horse' })

    await useCases.logoutAgent({ secret: signedIn?.secret ?? '' })
    await useCases.logoutAgent({ secret: 'unknown' })

    expect(await store.agentSession(secrets.hash(signedIn?.secret ?? ''))).toBeUndefined()
  })

  test('who changes the password signs in with the new one only', async () => {
    const { useCases } = createWorld()
    const made = valueOf(await useCases.createAgent({ name: 'ana', details: { password: 'old' } }))

    await useCases.updateAgent({ id: made.id, details: { password: 'new' } })

    expect(await useCases.loginAgent({ name: 'ana', password: 'old' })).toBeUndefined()
    expect(await useCases.loginAgent({ name: 'ana', password: 'new' })).toBeDefined()
  })
})
