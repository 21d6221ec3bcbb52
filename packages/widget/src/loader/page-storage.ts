/** Small texts that this browser keeps for one deployment. Where storage is forbidden, everything reads as absent. */
export interface PageStorage {
  readonly read: (name: PageKey) => string | undefined
  readonly write: (name: PageKey, value: string) => void
  /** Tells when another tab has written `name`. Returns the function that stops it. */
  readonly onWrittenElsewhere: (name: PageKey, listener: () => void) => () => void
  readonly clear: () => void
}

/** `token`: the guest's secret. `draft`: what is typed and not sent. `look`: the deployment's looks as last seen. `signIn`: what shows who the guest has proved to be. */
export type PageKey = 'token' | 'draft' | 'look' | 'signIn'

const keys: readonly PageKey[] = ['token', 'draft', 'look', 'signIn']

export function pageStorage(deploymentId: string): PageStorage {
  const full = (name: PageKey): string => `beckon:${deploymentId}:${name}`
  return {
    read: (name) => attempt(() => localStorage.getItem(full(name))) ?? undefined,
    write: (name, value) => {
      attempt(() => (value === '' ? localStorage.removeItem(full(name)) : localStorage.setItem(full(name), value)))
    },
    onWrittenElsewhere: (name, listener) => {
      const heard = ({ key, newValue }: StorageEvent): void => {
        if (key === full(name) && newValue !== null) listener()
      }
      addEventListener('storage', heard)
      return () => removeEventListener('storage', heard)
    },
    clear: () => {
      for (const name of keys) attempt(() => localStorage.removeItem(full(name)))
    },
  }
}

/** Browsers that block site data throw at the mere mention of localStorage. */
function attempt<Result>(task: () => Result): Result | undefined {
  try {
    return task()
  } catch {
    return undefined
  }
}
