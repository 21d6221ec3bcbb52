import type { Store } from '@beckon/core'
import { genesysOperations, scopeNames, scopesFor, servedRows, type Operation, type ScopeName } from '@beckon/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { composeWorld, longAgo, nowhereId, type ComposedWorld } from '../testing/composed-world.ts'

const bearer = servedRows.filter(({ auth }) => auth === 'bearer')
const each = (rows: readonly Operation[]): readonly (readonly [string, Operation])[] => rows.map((row) => [`${row.operationId} (${row.method} ${row.path})`, row] as const)
const official: readonly Operation[] = Object.values(genesysOperations)

/** Reads of state since the test began, but for those that say who is asking. */
let looks: string[] = []
let world: ComposedWorld
/** For each scope a token with nothing else. */
const alone = new Map<ScopeName, string>()
/** Whoever asks: of these, and only of these, the client may be looked up. */
const callers = new Set<unknown>()
const credentials = new Set(['accessToken', 'agentSession'])

/** Notes whatever is asked of the store, and answers all the same. */
function watched(store: Store): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value !== 'function' || typeof name !== 'string') return value
      return (...given: readonly unknown[]): unknown => {
        if (!credentials.has(name) && !(name === 'oauthClient' && callers.has(given[0]))) looks.push(name)
        return Reflect.apply(value, target, given)
      }
    },
  })
}

beforeAll(async () => {
  world = await composeWorld({ standBefore: watched })
  for (const scope of scopeNames) alone.set(scope, await tokenWith([scope]))
})
beforeEach(() => {
  looks = []
})
afterAll(() => world[Symbol.asyncDispose]())

async function tokenWith(scopes: readonly ScopeName[], given: Parameters<ComposedWorld['issue']>[1] = {}): Promise<string> {
  const { token, clientId } = await world.issue(scopes, given)
  callers.add(clientId)
  return token
}

interface Asked {
  readonly authorization?: string
  /** The body beside what is wrong with it. */
  readonly body?: object
}

/** Calls a row with ids that nothing has, a query and a body that do not fit, so that whoever may call it is told just that. */
async function ask({ method, path, body }: Operation, { authorization, body: given = {} }: Asked) {
  const url = `${path.replaceAll(/\{\w+\}/g, nowhereId)}?nonsense=1`
  const headers = authorization === undefined ? {} : { authorization }
  const answer = await world.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: { nonsense: true, ...given } }) })
  const parsed: Readonly<Record<string, unknown>> = answer.body === '' ? {} : answer.json()
  return { status: answer.statusCode, challenge: answer.headers['www-authenticate'], body: parsed }
}

/** The bodies that decide which scopes suffice, with the scopes that then do. */
function cases(row: Operation): readonly { readonly body: object; readonly scopes: readonly ScopeName[] }[] {
  if (row.scopeRules === undefined) return [{ body: {}, scopes: row.scopes }]
  return row.scopeRules.map(({ when: { field, equals = nowhereId } }) => {
    const body = { [field]: equals }
    return { body, scopes: scopesFor(row, body) }
  })
}

describe('whoever shows no credential that counts is 401, and nothing is looked up', () => {
  test.each(each(bearer))('%s: none at all is challenged, without an error code', async (_, row) => {
    expect(await ask(row, {})).toMatchObject({ status: 401, challenge: 'Bearer realm="beckon"', body: { status: 401 } })
    expect(await ask(row, { authorization: 'Basic Y3JtOnNlY3JldA==' })).toMatchObject({ status: 401, challenge: 'Bearer realm="beckon"' })
    expect(looks).toEqual([])
  })

  test.each(each(bearer))('%s: one that is malformed, unknown, expired or revoked is called so', async (_, row) => {
    const tokens = ['what is this', 'bkt_', `bkt_${'a'.repeat(43)}`, await tokenWith(row.scopes, { expiresAt: longAgo }), await tokenWith(row.scopes, { revokedAt: longAgo })]
    looks = []

    const answers = []
    for (const token of tokens) answers.push(await ask(row, { authorization: `Bearer ${token}` }))

    const said = answers.map(({ status, challenge }) => [status, /^Bearer realm="beckon", error="invalid_token", error_description="([^"\\]+)"$/.exec(String(challenge))?.[1]])
    expect(said).toEqual([
      [401, expect.stringContaining('malformed')], [401, expect.stringContaining('malformed')], [401, expect.stringContaining('not known')],
      [401, expect.stringContaining('expired at')], [401, expect.stringContaining('revoked')],
    ])
    expect(looks).toEqual([])
  })
})

describe('a scope that does not suffice is 403 whatever is asked for, and nothing is looked up', () => {
  const scoped = bearer.filter(({ scopes }) => scopes.length > 0)

  test.each(each(scoped))('%s: every other scope is told which one is missing', async (_, row) => {
    for (const { body, scopes } of cases(row)) {
      const [narrowest = ''] = scopes
      for (const scope of scopeNames.filter((one) => !scopes.includes(one))) {
        const answer = await ask(row, { authorization: `Bearer ${alone.get(scope)}`, body })
        expect(answer, `${scope} ${JSON.stringify(body)}`).toMatchObject({ status: 403, body: { status: 403, requiredScope: narrowest, grantedScopes: [scope] } })
        expect(answer.challenge).toMatch(/^Bearer realm="beckon", error="insufficient_scope", error_description="[^"\\]+", scope="[^" ]+"$/)
        expect(answer.challenge).toContain(`scope="${narrowest}"`)
        expect(answer.body['code']).toBe(official.includes(row) ? answer.body['code'] : 'insufficient_scope')
      }
    }
    expect(looks).toEqual([])
  })

  test.each(each(scoped))('%s: all other scopes together do not suffice either', async (_, row) => {
    const others = scopeNames.filter((one) => !row.scopes.includes(one))
    const token = await tokenWith(others)
    looks = []

    expect(await ask(row, { authorization: `Bearer ${token}` })).toMatchObject({ status: 403, body: { requiredScope: row.scopes[0], grantedScopes: others } })
    expect(looks).toEqual([])
  })
})

describe('any one scope of the row suffices', () => {
  test.each(each(bearer))('%s: the caller is told what else is wrong, and never of permission', async (_, row) => {
    for (const { body, scopes } of cases(row)) {
      for (const scope of scopes.length === 0 ? scopeNames : scopes) {
        const { status } = await ask(row, { authorization: `bearer ${await tokenWith([scope])}`, body })
        expect(status, `${scope} ${JSON.stringify(body)}`).not.toBeOneOf([401, 403, 500, 503])
      }
    }
  })
})

describe('the table itself', () => {
  test('asks for scopes only of those who show an access token or a desk’s cookie', () => {
    expect(servedRows.filter(({ auth, scopes }) => auth !== 'bearer' && scopes.length > 0)).toEqual([])
  })

  test('narrows scopes by the body to some of those that the row names', () => {
    const wider = servedRows.filter(({ scopes, scopeRules = [] }) => scopeRules.some((rule) => rule.scopes.length === 0 || rule.scopes.some((one) => !scopes.includes(one))))
    expect(wider).toEqual([])
  })

  test('has no two rows at one address', () => {
    const addresses = servedRows.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(addresses.filter((one, index) => addresses.indexOf(one) !== index)).toEqual([])
  })
})

test.each(each(servedRows.filter(({ auth }) => auth === 'agent' || auth === 'guest-jwt')))('%s: without its own kind of credential it is 401, whatever an access token may do', async (_, row) => {
  const token = await tokenWith(scopeNames)
  looks = []

  expect(await ask(row, {})).toMatchObject({ status: 401, challenge: 'Bearer realm="beckon"' })
  expect(await ask(row, { authorization: `Bearer ${token}` })).toMatchObject({ status: 401, challenge: expect.stringMatching(/^Bearer realm="beckon"/) })
  expect(looks).toEqual([])
})
