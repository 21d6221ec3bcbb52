import type { GuestFailure } from './guest.ts'
import type { GuestTokenStore } from './token-store.ts'

/** What the site got from its OpenID provider for this guest: a code, or the id token itself. */
export type SignInProof =
  | { readonly code: string; readonly redirectUri: string; readonly codeVerifier?: string; readonly nonce?: string }
  | { readonly idToken: string; readonly nonce: string }

/** Who a guest is, as far as the guest needs to know. */
export interface GuestIdentity {
  /** What signs in on the socket; undefined for an anonymous guest. */
  readonly jwt: () => string | undefined
  /** False when the guest has to sign in again. Rejects when nobody answered. */
  readonly renew: () => Promise<boolean>
  readonly forget: () => void
}

/** An identity that can be proved, by the server that the guest connects to. */
export interface SignInIdentity extends GuestIdentity {
  /** Undefined when it succeeded: call `guest.identify()` then. Otherwise why not. */
  readonly signIn: (proof: SignInProof) => Promise<GuestFailure | undefined>
  /** Signs the person out wherever they are signed in. A live guest ends in `closed` with reason `signedOut`. */
  readonly signOut: () => Promise<void>
}

export interface IdentityOptions {
  readonly url: string
  readonly deploymentId: string
  /** Where it is kept, as text, between pages; as secret as the guest's token. Default: in memory. */
  readonly store?: GuestTokenStore
  /** Default: that of the platform. */
  readonly fetch?: typeof fetch
}

/**
 * An identity of the site's OpenID provider, for `createGuest`.
 * @example
 * const identity = createGuestIdentity({ url, deploymentId });
 * const guest = createGuest({ url, deploymentId, identity });
 * guest.connect();
 * const failure = await identity.signIn({ code, redirectUri, codeVerifier, nonce });
 * if (failure === undefined) guest.identify();
 */
export function createGuestIdentity({ url, deploymentId, store = inMemory(), fetch: send = platformFetch }: IdentityOptions): SignInIdentity {
  const kept = (name: 'jwt' | 'refreshToken'): string | undefined => field(store.read(), name)
  const call = (method: string, path: string, body?: object): Promise<Response> =>
    send(`${url.replace(/^ws/, 'http').replace(/\/$/, '')}/api/v2/webdeployments/token/${path}`, {
      method,
      headers: body === undefined ? { authorization: `Bearer ${kept('jwt') ?? ''}` } : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    jwt: () => kept('jwt'),
    signIn: async (oauth) => {
      try {
        const answer = await call('POST', 'oauthcodegrantjwtexchange', { deploymentId, oauth })
        const said = await answer.text()
        if (!answer.ok) return { code: answer.status, detail: field(said, 'detail') ?? '' }
        store.write(said)
        return undefined
      } catch {
        return { code: 0, detail: 'The server did not answer.' }
      }
    },
    renew: async () => {
      const refreshToken = kept('refreshToken')
      if (refreshToken === undefined) return false
      const answer = await call('POST', 'refresh', { refreshToken })
      if (answer.ok) store.write(await answer.text())
      else if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status))
      return answer.ok
    },
    // Every socket of the person is told by the server.
    signOut: async () => {
      if (kept('jwt') !== undefined) await call('DELETE', 'revoke').catch(() => {})
      store.write('')
    },
    forget: () => store.write(''),
  }
}

/** Browsers refuse their own fetch under another name. */
const platformFetch: typeof fetch = (input, init) => fetch(input, init)

function inMemory(): GuestTokenStore {
  let kept: string | undefined
  return { read: () => kept, write: (next) => void (kept = next) }
}

// On its own, without the reader of frames: pages fetch this file apart from the rest, and a part in common would be one fetch more.
function field(said: string | undefined, name: string): string | undefined {
  try {
    const value: unknown = Reflect.get(Object(JSON.parse(said ?? '')), name)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
