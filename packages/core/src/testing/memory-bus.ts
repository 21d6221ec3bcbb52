import type { Bus, Hint } from '../ports/bus.ts'

export interface MemoryBus extends Bus {
  /** Everything that was published, in order. */
  readonly heard: readonly Hint[]
  /** What listeners threw. */
  readonly failures: readonly unknown[]
}

export function createMemoryBus(): MemoryBus {
  const listeners = new Set<(hint: Hint) => void>()
  const heard: Hint[] = []
  const failures: unknown[] = []
  return {
    heard,
    failures,
    publish(hint) {
      heard.push(hint)
      for (const listener of listeners) {
        try {
          listener(hint)
        } catch (failure) {
          failures.push(failure)
        }
      }
    },
    attend: () => () => undefined,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
