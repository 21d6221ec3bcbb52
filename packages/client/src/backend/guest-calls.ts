import type { PushDevice, PushDeviceChanges, SignedInGuest, SignInRequest } from '@beckon/protocol'
import { path } from './json-caller.ts'
import type { JsonCaller } from './json-caller.ts'
import type { CallOptions } from './transport.ts'

/** What guests' own clients ask over HTTP, for programs that act for one. None of it uses the token of the backend. */
export interface GuestCalls {
  /** Exchanges a code or an id token of the deployment's OpenID provider for what signs a guest in on the socket. */
  readonly signInGuest: (proof: SignInRequest, options?: CallOptions) => Promise<SignedInGuest>
  /** The next token of a guest who is signed in; the answer brings the next refresh token too. */
  readonly refreshSignIn: (
    held: { readonly refreshToken: string; readonly deploymentId?: string },
    options?: CallOptions,
  ) => Promise<SignedInGuest>
  /** Signs the guest of this `jwt` out on every device. */
  readonly signOutGuest: (jwt: string, options?: CallOptions) => Promise<void>
  /** Keeps where a native app can be woken; `tokenId` is the app's session token. */
  readonly registerPushDevice: (deploymentId: string, tokenId: string, device: PushDevice, options?: CallOptions) => Promise<void>
  readonly updatePushDevice: (
    deploymentId: string,
    tokenId: string,
    changes: PushDeviceChanges,
    options?: CallOptions,
  ) => Promise<void>
  readonly removePushDevice: (deploymentId: string, tokenId: string, options?: CallOptions) => Promise<void>
}

const tokens = '/api/v2/webdeployments/token'

export function createGuestCalls({ call }: JsonCaller): GuestCalls {
  const device = (deploymentId: string, tokenId: string): string => path`/api/v2/webmessaging/deployments/${deploymentId}/pushdevices/${tokenId}`
  const ask = <Answer>(method: 'POST' | 'PATCH' | 'DELETE', at: string, body?: unknown, options: CallOptions = {}): Promise<Answer> =>
    call({ method, path: at, ...(body === undefined ? {} : { body }), authorization: '', options })
  return {
    signInGuest: (proof, options) => ask('POST', `${tokens}/oauthcodegrantjwtexchange`, proof, options),
    refreshSignIn: (held, options) => ask('POST', `${tokens}/refresh`, held, options),
    async signOutGuest(jwt, options = {}) {
      await call({ method: 'DELETE', path: `${tokens}/revoke`, authorization: `Bearer ${jwt}`, options })
    },
    async registerPushDevice(deploymentId, tokenId, wanted, options) {
      await ask('POST', device(deploymentId, tokenId), wanted, options)
    },
    async updatePushDevice(deploymentId, tokenId, changes, options) {
      await ask('PATCH', device(deploymentId, tokenId), changes, options)
    },
    async removePushDevice(deploymentId, tokenId, options) {
      await ask('DELETE', device(deploymentId, tokenId), undefined, options)
    },
  }
}
