/** `deed` says what the task does with what the key names: who asks for the same deed may share its run. */
export type SingleFlight = (key: string, deed: string, task: () => Promise<void>) => Promise<void>

/**
 * Runs one task per key at a time, in the order in which they were asked for. Whoever asks for a deed that waits already shares its
 * run with all who asked meanwhile: the last run of a deed always began after the last request for it.
 */
export function createSingleFlight(): SingleFlight {
  const last = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()

  return function run(key, deed, task): Promise<void> {
    const name = `${deed} ${key}`
    const shared = waiting.get(name)
    if (shared !== undefined) return shared
    const before = last.get(key)
    const done = (before === undefined ? task() : before.then(begin, begin)).finally(end)
    last.set(key, done)
    if (before !== undefined) waiting.set(name, done)
    return done

    function begin(): Promise<void> {
      waiting.delete(name)
      return task()
    }

    function end(): void {
      if (last.get(key) === done) last.delete(key)
    }
  }
}
