import type { GuestIdentity, SignInIdentity } from '@beckon/client'
import type { PageStorage } from '../loader/page-storage.ts'

/** Who the guest of this page is. How they prove it is fetched when they do: most never sign in. */
export function pageIdentity(url: string, deploymentId: string, storage: PageStorage): GuestIdentity & { readonly load: () => Promise<SignInIdentity> } {
  const write = (kept: string): void => storage.write('signIn', kept)
  const load = async (): Promise<SignInIdentity> => {
    const { createGuestIdentity } = await import('@beckon/client/identity')
    return createGuestIdentity({ url, deploymentId, store: { read: () => storage.read('signIn'), write } })
  }
  return {
    load,
    jwt: () => /"jwt":"([^"]+)/.exec(storage.read('signIn') ?? '')?.[1],
    renew: async () => (await load()).renew(),
    forget: () => write(''),
  }
}
