/** A batch with events whose commit was asked for. */
export interface Ticket {
  /** Its first place in the feed is known. */
  placed(first: number): void
  /** Runs at once, or when all that have earlier places have told or given up. `placed` comes before it. */
  tell(run: () => void): void
  /** It tells nothing, or nobody shall wait for it any longer. */
  close(): void
}

interface Open {
  first: number | undefined
  run: (() => void) | undefined
  /** Those that might have earlier places: whoever asks when this one has its places gets later ones. */
  awaited: Set<Open>
}

/**
 * Batches commit side by side, and the answer of a later one may be heard first. Listeners are told in the order of places, as
 * every reader of the feed will see them.
 */
export function createTelling(): { open(): Ticket } {
  const all = new Set<Open>()

  const mayTell = (one: Open): boolean => {
    for (const other of one.awaited) {
      if (all.has(other) && (other.first === undefined || other.first < (one.first ?? 0))) return false
    }
    return true
  }
  const settle = (): void => {
    const ready = [...all].filter(({ run }) => run).toSorted((one, other) => (one.first ?? 0) - (other.first ?? 0))
    for (const one of ready) {
      if (!mayTell(one)) continue
      all.delete(one)
      one.run?.()
    }
  }

  return {
    open() {
      const mine: Open = { first: undefined, run: undefined, awaited: new Set() }
      all.add(mine)
      return {
        placed(first) {
          mine.first = first
          mine.awaited = new Set([...all].filter((other) => other !== mine))
          if (all.size > 1) settle()
        },
        tell(run) {
          mine.run = run
          settle()
        },
        close() {
          if (all.delete(mine)) settle()
        },
      }
    },
  }
}
