import type { SessionDeps } from '../session-changes.ts'

/** Again, or with a cookie that nobody knows, changes nothing. */
export function createLogoutAgent({ store, secrets }: Pick<SessionDeps, 'store' | 'secrets'>) {
  return async ({ secret }: { readonly secret: string }): Promise<void> => {
    const hash = secrets.hash(secret)
    await store.transact({ need: {}, decide: () => ({ result: null, changes: [{ kind: 'delete-agent-session', hash }] }) })
  }
}
