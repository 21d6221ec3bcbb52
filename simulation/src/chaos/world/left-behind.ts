/** What has to be undone on the machine however the run ends: mounts, namespaces, processes. Undone last in, first out. */
export interface LeftBehind {
  /** Notes how something is undone; returns the function that does it now. Undoing twice does nothing. */
  readonly note: (undo: () => void) => () => void
  readonly undoAll: () => void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Also undone when the process ends by itself, by a fault of ours or by a signal; everything here is synchronous for that. */
export function noteWhatIsLeftBehind(): LeftBehind & Disposable {
  const undos: (() => void)[] = []
  const undoAll = (): void => {
    for (const undo of undos.toReversed()) undo()
  }
  const endedBySignal = (): void => {
    undoAll()
    process.exit(130)
  }
  process.once('exit', undoAll)
  for (const signal of signals) process.once(signal, endedBySignal)
  return {
    undoAll,
    note(undo) {
      const once = (): void => {
        const at = undos.indexOf(once)
        if (at === -1) return
        undos.splice(at, 1)
        undo()
      }
      undos.push(once)
      return once
    },
    [Symbol.dispose]() {
      process.off('exit', undoAll)
      for (const signal of signals) process.off(signal, endedBySignal)
      undoAll()
    },
  }
}
