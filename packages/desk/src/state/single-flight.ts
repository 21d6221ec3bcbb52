/**
 * Runs one task per key at a time. Whoever asks while one runs gets one more run after it, shared with all who asked
 * meanwhile: the last run always began after the last request.
 */
export function createSingleFlight(): (key: string, task: () => Promise<void>) => Promise<void> {
  const running = new Map<string, { readonly done: Promise<void>; next?: Promise<void> }>()

  return function run(key, task): Promise<void> {
    const current = running.get(key)
    if (current !== undefined) return (current.next ??= current.done.catch(() => undefined).then(() => run(key, task)))
    const done = task().finally(() => running.delete(key))
    running.set(key, { done })
    return done
  }
}
