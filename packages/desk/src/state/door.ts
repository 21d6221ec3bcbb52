import { BeckonRefusal } from '@beckon/client'
import { reasonOf } from './thread.ts'
import type { DeskDeps } from './desk-deps.ts'

/** Who is at the desk. */
export interface Door {
  readonly start: () => Promise<void>
  readonly signIn: (name: string, password: string) => Promise<void>
  readonly signOut: () => Promise<void>
  /** Back to the door, with a word on why; nothing is followed any more. */
  readonly leave: (why: string) => void
}

/** `enter` begins the work; its signal aborts when the agent leaves. */
export function createDoor({ beckon, store }: DeskDeps, enter: (signal: AbortSignal) => void): Door {
  let stay = new AbortController()

  async function come(identify: () => ReturnType<typeof beckon.getCurrentAgent>, isFirst: boolean): Promise<void> {
    try {
      const signedIn = await identify()
      store.update(() => ({ phase: 'ready', signedIn, signInFailure: '' }))
      stay = new AbortController()
      enter(stay.signal)
    } catch (error) {
      const isExpected = isFirst && error instanceof BeckonRefusal && error.status === 401
      leave(isExpected ? '' : reasonOf(error))
    }
  }

  function leave(signInFailure: string): void {
    stay.abort()
    store.update(() => ({ phase: 'signedOut', signInFailure }))
  }

  return {
    leave,
    start: () => come(() => beckon.getCurrentAgent(), true),
    signIn: (name, password) => come(() => beckon.loginAgent({ name, password }), false),
    signOut: async () => {
      await beckon.logoutAgent()
      leave('')
    },
  }
}
