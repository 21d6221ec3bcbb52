import { allScopes, must, seconds } from '@beckon/core'
import { createWorld, type World } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createAuthenticate, type Authenticate } from './authenticate.ts'

async function aClient(world: World) {
  const made = await world.useCases.createClient({ details: { scopes: allScopes } })
  const client = must(made.ok ? made.value.client : undefined, 'the client was made')
  const { secret } = await world.useCases.issueToken({ client, scopes: allScopes })
  return { client, secret }
}

/** Counts what is asked of the store, and holds answers back while it is told to. */
function watchedReader({ store }: World) {
  const state = { reads: 0, gate: Promise.resolve() }
  return {
    state,
    reader: {
      oauthClient: store.oauthClient.bind(store),
      agentSession: store.agentSession.bind(store),
      agent: store.agent.bind(store),
      async accessToken(hash: string) {
        state.reads += 1
        const token = await store.accessToken(hash)
        await state.gate
        return token
      },
    },
  }
}

const ask = (authenticate: Authenticate, secret: string) =>
  authenticate({ method: 'GET', headers: { authorization: `Bearer ${secret}` }, hasTokenInQuery: false }, 'bearer')

test('a credential is looked up once a second, and answered without waiting in between', async () => {
  const world = createWorld()
  const { secret } = await aClient(world)
  const { reader, state } = watchedReader(world)
  const authenticate = createAuthenticate({ ...world, reader })

  await ask(authenticate, secret)
  const again = ask(authenticate, secret)
  expect([state.reads, again instanceof Promise]).toEqual([1, false])

  world.clock.advance(seconds(1))
  await ask(authenticate, secret)
  expect(state.reads).toBe(2)
})

test('a lookup that was under way when access changed is not remembered', async () => {
  const world = createWorld()
  const { client, secret } = await aClient(world)
  const { reader, state } = watchedReader(world)
  const authenticate = createAuthenticate({ ...world, reader })
  const gate = Promise.withResolvers<void>()
  state.gate = gate.promise

  const early = ask(authenticate, secret)
  await world.useCases.revokeToken({ client, secret })
  world.bus.publish({ kind: 'access-changed' })
  gate.resolve()
  await early

  expect(await ask(authenticate, secret)).toMatchObject({ ok: false })
})

test('a remembered token still ends on time', async () => {
  const world = createWorld()
  const { secret } = await aClient(world)
  const authenticate = createAuthenticate({ ...world, reader: world.store })
  world.clock.advance(seconds(3599))
  expect(await ask(authenticate, secret)).toMatchObject({ ok: true })

  world.clock.advance(seconds(1))

  expect(await ask(authenticate, secret)).toMatchObject({ ok: false })
})
