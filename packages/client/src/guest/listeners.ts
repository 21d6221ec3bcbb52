/** Those who want to hear of one kind of thing. */
export interface Listeners<Told> {
  readonly add: (listener: (told: Told) => void) => () => void
  readonly tell: (told: Told) => void
  readonly isEmpty: () => boolean
}

export function createListeners<Told>(): Listeners<Told> {
  const all = new Set<(told: Told) => void>()
  return {
    add: (listener) => {
      // A wrapper of its own, so that the same function added twice is removed once at a time.
      const own = (told: Told): void => listener(told)
      all.add(own)
      return () => void all.delete(own)
    },
    tell: (told) => {
      for (const listener of all) listener(told)
    },
    isEmpty: () => all.size === 0,
  }
}
