import { allScopes, StoreUnavailable, type Store } from '@beckon/core'
import { guestCodes, problemCodes, problems, type Action, type ProblemCode } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { composeWorld, nowhereId, type ComposedWorld, type Given } from '../testing/composed-world.ts'
import { follow, listen, type HttpAnswer, type HttpCall } from '../testing/http-caller.ts'

const messaging = '/api/v2/conversations/messaging'

/** A business with one guest who has written, and whatever ails the store. */
interface Scene {
  readonly world: ComposedWorld
  readonly call: HttpCall
  readonly token: string
  readonly deploymentId: string
  readonly contactId: string
  readonly conversationId: string
  readonly ailment: Ailment
}

interface Ailment {
  /** Thrown at whoever asks the store. */
  thrown?: Error
  /** What every change of state waits for. */
  held?: Promise<void>
}

interface Situation {
  readonly env?: Given['env']
  /** A call that is refused; what it is refused with, and the token it was made with. */
  readonly provoke: (scene: Scene) => Promise<HttpAnswer>
}

async function aScene(env: Given['env'] = {}): Promise<Scene & AsyncDisposable> {
  const ailment: Ailment = {}
  const world = await composeWorld({ env, standBefore: (store) => ailing(store, ailment) })
  const call = await listen(world)
  const { token } = await world.issue(allScopes)
  const deployment = await world.useCases.createDeployment({ settings: { name: 'Shop', allowedDomains: ['*'] } })
  const contact = await call('POST /api/v2/contacts', { token, body: { name: 'Ada', optedOut: ['marketing'] } })
  const sent = await call(`POST ${messaging}/contacts/${contact.body['id']}/messages`, { token, body: { text: 'Hello' } })
  return {
    world, call, token, ailment,
    deploymentId: deployment.ok ? deployment.value.id : '', contactId: contact.body['id'], conversationId: sent.body['conversationId'],
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

function ailing(store: Store, ailment: Ailment): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value !== 'function' || (name !== 'transact' && name !== 'conversations')) return value
      return async (...given: readonly unknown[]): Promise<unknown> => {
        if (ailment.thrown) throw ailment.thrown
        await ailment.held
        return Reflect.apply(value, target, given)
      }
    },
  })
}

function sendTo({ call, token, contactId }: Scene, body: object, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
  return call(`POST ${messaging}/contacts/${contactId}/messages`, { token, body: { text: 'Your parcel is here.', ...body }, headers })
}

function close({ call, token, conversationId }: Scene): Promise<HttpAnswer> {
  return call(`PATCH ${messaging}/${conversationId}`, { token, body: { status: 'closed' } })
}

const situations: Readonly<Record<Exclude<ProblemCode, 'session_ended'>, Situation>> = {
  invalid_request: { provoke: ({ call, token }) => call('POST /api/v2/contacts', { token, body: { nmae: 'Ada' } }) },
  invalid_token: { provoke: ({ call }) => call('GET /api/v2/contacts', { token: 'bkt_that-was-never-issued-by-anybody' }) },
  sign_in_refused: { provoke: ({ call }) => call('POST /api/v2/webdeployments/token/refresh', { body: { refreshToken: 'bgr_that-was-never-issued' } }) },
  insufficient_scope: {
    provoke: async ({ world, call, conversationId }) => {
      const { token } = await world.issue(['conversations:write'])
      return call(`PATCH ${messaging}/${conversationId}`, { token, body: { status: 'closed' } })
    },
  },
  not_found: { provoke: ({ call, token }) => call(`GET ${messaging}/${nowhereId}`, { token }) },
  method_not_allowed: { provoke: ({ call, token, contactId }) => call(`PUT /api/v2/contacts/${contactId}`, { token, body: { name: 'Eve' } }) },
  not_acceptable: { provoke: ({ call, token }) => call('GET /api/v2/contacts?pageSize=1', { token, headers: { accept: 'text/html' } }) },
  conversation_closed: {
    provoke: async (scene) => {
      await close(scene)
      return sendTo(scene, { policy: { whenClosed: 'reject' } })
    },
  },
  conversation_open: {
    provoke: async (scene) => {
      const { body } = await scene.call('POST /api/v2/contacts', { token: scene.token, body: {} })
      const other = { ...scene, contactId: body['id'] }
      await sendTo(other, { proactive: false })
      return sendTo(other, { policy: { whenOpen: 'reject' } })
    },
  },
  opted_out: { provoke: (scene) => sendTo(scene, { policy: { purpose: 'marketing' } }) },
  unreachable: { provoke: (scene) => sendTo(scene, { policy: { whenUnreachable: 'reject' } }) },
  already_sent: {
    provoke: async (scene) => {
      const { body } = await sendTo(scene, {})
      return scene.call(`DELETE ${messaging}/proactive/${body['id']}`, { token: scene.token }).then((answer) =>
        answer.status === 409 ? answer : scene.call(`PATCH ${messaging}/proactive/${body['id']}`, { token: scene.token, body: { sendAt: '2030-01-01T00:00:00Z' } }))
    },
  },
  already_exists: {
    provoke: async ({ call, token }) => {
      await call('POST /api/v2/contacts', { token, body: { externalId: 'crm & co' } })
      return call('POST /api/v2/contacts', { token, body: { externalId: 'crm & co' } })
    },
  },
  attachment_refused: { provoke: (scene) => sendTo(scene, { content: [{ contentType: 'Attachment', attachment: { id: nowhereId } }] }) },
  idempotency_in_progress: {
    provoke: async (scene) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      scene.ailment.held = promise
      const headers = { 'idempotency-key': 'order-4711' }
      // Whichever comes second is refused while the first is held; the first is let go by that.
      const answer = await Promise.race([sendTo(scene, {}, headers), sendTo(scene, {}, headers)])
      resolve()
      return answer
    },
  },
  erased: {
    provoke: async (scene) => {
      await scene.call(`DELETE /api/v2/contacts/${scene.contactId}`, { token: scene.token })
      return sendTo(scene, {})
    },
  },
  precondition_failed: {
    provoke: ({ call, token, contactId }) => call(`PATCH /api/v2/contacts/${contactId}`, { token, body: { name: 'Eve' }, headers: { 'if-match': '"77"' } }),
  },
  payload_too_large: { provoke: ({ call, token }) => call('POST /api/v2/contacts', { token, body: { name: 'x'.repeat(300_000) } }) },
  unsupported_media_type: { provoke: ({ call, token }) => call('POST /api/v2/contacts', { token, payload: '<name>Ada</name>', headers: { 'content-type': 'text/xml' } }) },
  idempotency_key_reused: {
    provoke: async (scene) => {
      await sendTo(scene, {}, { 'idempotency-key': 'order-4711' })
      return sendTo(scene, { text: 'Your other parcel is here.' }, { 'idempotency-key': 'order-4711' })
    },
  },
  precondition_required: { provoke: ({ call, token, deploymentId }) => call(`PATCH /api/v2/deployments/${deploymentId}`, { token, body: { name: 'Store' } }) },
  rate_limited: {
    env: { BECKON_RATE_LIMIT: '2' },
    provoke: async ({ call, token }) => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => call('GET /api/v2/contacts', { token })))
      return answers.find(({ status }) => status >= 400) ?? Promise.reject(new Error('nobody was refused'))
    },
  },
  internal: {
    provoke: (scene) => {
      scene.ailment.thrown = new Error('a bug')
      return scene.call(`GET ${messaging}`, { token: scene.token })
    },
  },
  unavailable: {
    provoke: (scene) => {
      scene.ailment.thrown = new StoreUnavailable('the disk is away')
      return scene.call(`GET ${messaging}`, { token: scene.token })
    },
  },
}

/** Refusals beside which a call would succeed at once. For the others something else has to happen first: a correction, a token, a pause. */
const offering: readonly ProblemCode[] = [
  'insufficient_scope', 'not_found', 'method_not_allowed', 'not_acceptable', 'conversation_closed', 'conversation_open', 'opted_out', 'unreachable',
  'already_sent', 'already_exists', 'precondition_failed', 'idempotency_key_reused', 'precondition_required',
]

describe.each(Object.entries(situations))('%s', (code, { env, provoke }) => {
  test('is answered with its own status, has a page whose example says what it says, and suggests only calls that succeed as they stand', async () => {
    await using scene = await aScene(env)

    const refused = await provoke(scene)

    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.body).toMatchObject({ code, status: problems[code as ProblemCode].status, type: `${scene.world.publicUrl}/docs/errors/${code}`, detail: expect.any(String) })
    expect(refused.status).toBe(refused.body['status'])
    const page = await scene.call(`GET /docs/errors/${code}`)
    const example: object = JSON.parse(wordsOf(/<h2>Example<\/h2>([^]*?)<\/pre>/.exec(page.text)?.[1] ?? ''))
    expect(Object.keys(refused.body).toSorted()).toEqual(Object.keys(example).toSorted())
    const { actions = [] } = refused.body as { readonly actions?: readonly Action[] }
    expect(actions.length > 0).toBe(offering.includes(code as ProblemCode))
    for (const action of actions) {
      const answer = await follow(scene.world, scene.call, action, scene.token)
      expect(answer.status, `${action.method} ${action.href} ${answer.text}`).toBeLessThan(300)
    }
  })
})

test('session_ended is what a guest is told who writes with a session that was ended', async () => {
  await using scene = await aScene()
  const url = `${scene.world.app.listeningOrigin.replace('http', 'ws')}/v1?deploymentId=${scene.deploymentId}`
  const socket = new WebSocket(url)
  const frames: { code: number; class: string }[] = []
  socket.on('message', (data: Buffer) => void frames.push(JSON.parse(data.toString('utf8'))))
  await new Promise((resolve) => socket.once('open', resolve))
  const token = '6d1c4a52-3f6b-4a55-9a42-0d2b8a5f0c11'
  const say = (request: object): void => socket.send(JSON.stringify({ token, ...request }))

  say({ action: 'configureSession', deploymentId: scene.deploymentId, startNew: false })
  await expect.poll(() => frames.some((frame) => frame.class === 'SessionResponse')).toBe(true)
  const { entities: [guest] } = await scene.world.store.contacts({ size: 1 }, {})
  const session = guest && (await scene.world.store.latestSession(guest.id))
  await scene.call(`DELETE ${messaging}/sessions/${session?.id}`, { token: scene.token })
  say({ action: 'onMessage', message: { type: 'Text', text: 'Hello?' } })

  await expect.poll(() => frames.map((frame) => frame.code)).toContainEqual(expect.toBeOneOf([guestCodes.sessionHasExpired, guestCodes.sessionNotFound]))
  socket.terminate()
})

test('every code has its page, with the cause and the remedy', async () => {
  await using scene = await aScene()

  for (const code of problemCodes) {
    const { status, title, cause, remedy } = problems[code]
    const words = wordsOf((await scene.call(`GET /docs/errors/${code}`)).text)
    for (const part of [`${status} ${code}`, title, cause.replaceAll('`', ''), remedy.replaceAll('`', '')]) expect(words).toContain(part)
  }
})

function wordsOf(page: string): string {
  return page.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
