import { IdentityProviderUnavailable, instant, minutes, plus, seconds, type CodeProof, type IdentityProof, type RelyingParty } from '@beckon/core'
import { createFakeClock, type FakeClock } from '@beckon/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chatClient, startIdentityProvider, type TestProvider } from '../../../tests/rig/identity-provider.ts'
import { createGuardedFetch } from '../outbound/guarded-fetch.ts'
import { createSystemClock } from '../system/clock.ts'
import { createOpenIdProvider } from './open-id-provider.ts'
import type { ProviderFetch } from './provider-documents.ts'

const network = createGuardedFetch({ allowPrivate: true })
/** What the provider writes into its id tokens. */
const idTokenLasts = minutes(10)

let provider: TestProvider
beforeAll(async () => {
  provider = await startIdentityProvider()
})
afterAll(() => provider[Symbol.asyncDispose]())

/** The adapter with a clock of its own that shows the present, and whatever it reads remembered. */
function adapter(fetch: ProviderFetch = network): ReturnType<typeof createOpenIdProvider> & { readonly clock: FakeClock } {
  const clock = createFakeClock()
  clock.set(createSystemClock().now())
  return { ...createOpenIdProvider({ fetch, clock }), clock }
}

const party = (given: Partial<RelyingParty> = {}): RelyingParty => ({ issuer: provider.issuer, ...chatClient, ...given })

/** The id token that a page would have got, taken from the exchange that the adapter makes. */
async function idTokenOf(person: string): Promise<{ readonly idToken: string; readonly nonce: string }> {
  let idToken = ''
  const listening: ProviderFetch = async (request) => {
    const answer = await network(request)
    const found = /"id_token":"([^"]+)"/.exec(answer.text)?.[1]
    if (found !== undefined) idToken = found
    return answer
  }
  const proof = await provider.signIn(person)
  await adapter(listening).prove(party(), proof)
  return { idToken, nonce: proof.nonce }
}

describe('a code of a real provider', () => {
  test('proves who the guest is, and what the provider knows of them', async () => {
    const proven = await adapter().prove(party(), await provider.signIn('ada'))

    expect(proven).toEqual({
      ok: true,
      value: { identity: { issuer: provider.issuer, subject: 'ada' }, claims: { name: 'ada Lovelace', givenName: 'ada', familyName: 'Lovelace', email: 'ada@shop.example' } },
    })
  })

  test('is taken from a public client without a secret, which PKCE protects', async () => {
    const proof = await provider.signIn('ada', { clientId: 'app' })

    expect(await adapter().prove({ issuer: provider.issuer, clientId: 'app' }, proof)).toMatchObject({ value: { identity: { subject: 'ada' } } })
  })

  test.for([
    ['a code that nobody got', (proof) => ({ ...proof, code: 'made-up' })],
    ['another verifier', (proof) => ({ ...proof, codeVerifier: 'x'.repeat(43) })],
    ['no verifier', ({ codeVerifier: _, ...proof }) => proof],
    ['another nonce', (proof) => ({ ...proof, nonce: 'another' })],
  ] as const satisfies readonly (readonly [string, (proof: CodeProof) => CodeProof])[])('proves nothing with %s', async ([, change]) => {
    expect(await adapter().prove(party(), change(await provider.signIn('ada')))).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })

  test('proves nothing the second time', async () => {
    const proof = await provider.signIn('ada')
    const at = adapter()
    expect((await at.prove(party(), proof)).ok).toBe(true)

    expect(await at.prove(party(), proof)).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })

  test('whose id token has expired proves nothing, but a minute that clocks differ is forgiven', async () => {
    const at = adapter()
    const skewed = adapter()
    at.clock.advance(seconds(idTokenLasts / 1000 + 65))
    skewed.clock.advance(seconds(idTokenLasts / 1000 + 30))

    expect(await at.prove(party(), await provider.signIn('ada'))).toMatchObject({ refusal: { reason: 'The id token has expired.' } })
    expect(await skewed.prove(party(), await provider.signIn('ada'))).toMatchObject({ ok: true })
  })

  test('proves nothing when the provider asked for credentials too long ago', async () => {
    const at = adapter()
    at.clock.advance(minutes(5))

    expect(await at.prove(party(), { ...(await provider.signIn('ada')), maxAge: 60 })).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })
})

describe('an id token that the guest carries', () => {
  test('proves who they are, for as long as it is fresh', async () => {
    const proof = await idTokenOf('bob')
    const [at, late] = [adapter(), adapter()]
    late.clock.advance(minutes(7))

    expect(await at.prove(party(), proof)).toMatchObject({ value: { identity: { subject: 'bob' } } })
    expect(await late.prove(party(), proof)).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })

  test.for([
    ['another nonce', (proof) => ({ ...proof, nonce: 'another' })],
    ['a signature that is not the provider’s', ({ idToken, nonce }) => ({ idToken: `${idToken.slice(0, -6)}AAAAAA`, nonce })],
    ['another person in it', ({ idToken, nonce }) => ({ idToken: altered(idToken, { sub: 'admin' }), nonce })],
    ['no signature', ({ idToken, nonce }) => ({ idToken: unsigned(idToken), nonce })],
    ['nothing that could be a token', ({ nonce }) => ({ idToken: 'not a token', nonce })],
  ] as const satisfies readonly (readonly [string, (proof: { idToken: string; nonce: string }) => IdentityProof])[])('proves nothing with %s', async ([, change]) => {
    expect(await adapter().prove(party(), change(await idTokenOf('bob')))).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })

  test('names nobody where the name is one that no store can keep', async () => {
    expect(await adapter().prove(party(), await idTokenOf('b\u0000b'))).toMatchObject({ refusal: { reason: 'The id token names nobody.' } })
  })

  test('proves nothing to another client than it was made for', async () => {
    expect(await adapter().prove(party({ clientId: 'app' }), await idTokenOf('bob'))).toMatchObject({ refusal: { reason: 'The id token was made for another client.' } })
  })

  test('proves nothing before the moment it was made, beyond what clocks differ', async () => {
    const proof = await idTokenOf('bob')
    const at = adapter()
    at.clock.set(instant(at.clock.now() - minutes(3)))

    expect(await at.prove(party(), proof)).toMatchObject({ refusal: { code: 'sign_in_refused' } })
  })
})

describe('a provider that is no help', () => {
  test.for([
    ['knows another secret', async () => party({ clientSecret: 'another' })],
    ['does not know the client', async () => party({ clientId: 'nobody' })],
    ['is at another place', async () => party({ issuer: `${provider.issuer}/elsewhere` })],
    ['calls itself otherwise', async () => party({ issuer: provider.issuer.replace('127.0.0.1', 'localhost') })],
    ['does not answer', async () => party({ issuer: await goneAway() })],
  ] as const)('because it %s says nothing about the guest', async ([, of]) => {
    const proof = await provider.signIn('ada')

    await expect(adapter().prove(await of(), proof)).rejects.toThrow(IdentityProviderUnavailable)
  })

  test('is asked again as soon as it is back, and read once while it answers', async () => {
    const asked: string[] = []
    let isAway = true
    const at = adapter(async (request) => {
      asked.push(new URL(request.url).pathname)
      if (isAway) throw new Error('away')
      return network(request)
    })
    await expect(at.prove(party(), await provider.signIn('ada'))).rejects.toThrow(IdentityProviderUnavailable)
    isAway = false

    expect(await at.prove(party(), await provider.signIn('ada'))).toMatchObject({ ok: true })
    expect(await at.prove(party(), await provider.signIn('ada'))).toMatchObject({ ok: true })
    const count = (path: string) => asked.filter((one) => one === path).length
    expect([count('/.well-known/openid-configuration'), count('/jwks'), count('/token')]).toEqual([2, 1, 2])
    at.clock.set(plus(at.clock.now(), minutes(11)))
    await at.prove(party(), await idTokenOf('ada'))
    expect(count('/jwks')).toBe(2)
  })
})

async function goneAway(): Promise<string> {
  await using other = await startIdentityProvider()
  return other.issuer
}

function altered(idToken: string, claims: object): string {
  const [header = '', payload = '', signature = ''] = idToken.split('.')
  const read: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return [header, Buffer.from(JSON.stringify(Object.assign({}, read, claims))).toString('base64url'), signature].join('.')
}

function unsigned(idToken: string): string {
  return [Buffer.from('{"alg":"none"}').toString('base64url'), idToken.split('.')[1], ''].join('.')
}
