/** Holds one immutable state and tells whoever listens that it was replaced. */
export interface Store<State> {
  readonly get: () => State
  readonly update: (change: (state: State) => Partial<State>) => void
  /** Returns what ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore<State>(initial: State): Store<State> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    update: (change) => {
      state = { ...state, ...change(state) }
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
