import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider, type Configuration } from 'oidc-provider'

/** A real OpenID provider on this machine, where everybody may sign in under any name. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string
  /** Signs this person in through the provider's own pages, and comes back with the code. */
  signIn(person: string, given?: Partial<Asked>): Promise<Proof>
  /** Takes no more connections, and drops those there are. */
  goAway(): Promise<void>
}

export interface Asked {
  readonly clientId: string
  readonly nonce: string
}

export interface Proof {
  readonly code: string
  readonly codeVerifier: string
  readonly redirectUri: string
  readonly nonce: string
}

export const redirectUri = 'https://shop.example/callback'
export const chatClient = { clientId: 'chat', clientSecret: 'a secret of : chat & co' } as const

const configuration: Configuration = {
  clients: [
    { client_id: chatClient.clientId, client_secret: chatClient.clientSecret, redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] },
    { client_id: 'app', token_endpoint_auth_method: 'none', redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] },
  ],
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} Lovelace`, given_name: id, family_name: 'Lovelace', email: `${id}@shop.example`, email_verified: true }),
  }),
  claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  ttl: { IdToken: 600, AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 600, AccessToken: 600 },
}

export async function startIdentityProvider(): Promise<TestProvider> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const answer = new Provider(issuer, configuration).callback()
  server.on('request', (request, response) => void answer(request, response))
  const goAway = async (): Promise<void> => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { issuer, goAway, signIn: (person, given) => signIn(issuer, person, given), [Symbol.asyncDispose]: goAway }
}

/** The authorization code flow with PKCE, as a browser goes through it: asked, signed in, agreed, sent back. */
async function signIn(issuer: string, person: string, { clientId = chatClient.clientId, nonce = randomBytes(8).toString('hex') }: Partial<Asked> = {}): Promise<Proof> {
  const codeVerifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: 'openid profile email', nonce,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'), code_challenge_method: 'S256',
  })
  const browser = createBrowser()
  let place = `${issuer}/auth?${query.toString()}`
  for (let step = 0; step < 12; step += 1) {
    const page = await browser.open(place)
    if (page.location?.startsWith(redirectUri)) {
      const code = new URL(page.location).searchParams.get('code')
      if (code === null) throw new Error(`the provider refused: ${page.location}`)
      return { code, codeVerifier, redirectUri, nonce }
    }
    place = page.location === undefined ? await browser.submit(place, page.text, person) : new URL(page.location, place).href
  }
  throw new Error('the provider went round in circles')
}

function createBrowser() {
  const cookies = new Map<string, string>()
  const go = async (url: string, body?: URLSearchParams): Promise<{ readonly location: string | undefined; readonly text: string }> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body ? { method: 'POST', body } : {}) })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return { location: response.headers.get('location') ?? undefined, text: await response.text() }
  }
  return {
    open: (url: string) => go(url),
    /** Fills in the form of the page: a name where one is asked for, agreement otherwise. */
    async submit(url: string, page: string, person: string): Promise<string> {
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
      if (action === undefined || prompt === undefined) throw new Error(`no form to fill in at ${url}: ${page.slice(0, 300)}`)
      const answer = prompt === 'login' ? { prompt, login: person, password: 'any' } : { prompt }
      const { location } = await go(new URL(action, url).href, new URLSearchParams(answer))
      if (location === undefined) throw new Error(`the form at ${url} led nowhere`)
      return new URL(location, url).href
    },
  }
}
