import type { Bus, Hint } from '@beckon/core'

/** Hints within one process: heard at once, in order. */
export function createLocalBus({ onListenerError }: { readonly onListenerError: (error: unknown) => void }): Bus {
  const listeners = new Set<(hint: Hint) => void>()
  return {
    publish(hint) {
      for (const listener of listeners) {
        try {
          listener(hint)
        } catch (error) {
          onListenerError(error)
        }
      }
    },
    attend: () => () => undefined,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
