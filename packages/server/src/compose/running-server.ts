/** What a server that was started to be tried out began with. */
export interface PreparedDemo {
  readonly clientId: string
  readonly clientSecret: string
  readonly adminName: string
  readonly adminPassword: string
  readonly deploymentId: string
}

export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  readonly demo?: PreparedDemo
  /** Drains: takes no more callers, finishes what it is doing, lets go of the data. Repeating it waits for the same end. */
  readonly stop: () => Promise<void>
  /** Settles when the server has ended; rejects when it ended because something broke. */
  readonly done: Promise<void>
}

interface Parts {
  readonly url: string
  /** Everything that was started, to be ended in reverse. */
  readonly stack: AsyncDisposableStack
  /** Rejects when a part broke that the server cannot go on without. */
  readonly broken: Promise<never> | undefined
  readonly demo: PreparedDemo | undefined
}

export function createRunningServer({ url, stack, broken, demo }: Parts): RunningServer {
  const ended = Promise.withResolvers<void>()
  // Whoever only calls `stop` learns of a failure from that.
  ended.promise.catch(() => undefined)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= stack.disposeAsync().finally(() => ended.resolve()))
  broken?.catch((error: unknown) => {
    ended.reject(error)
    return stop()
  })
  return { url, stop, done: ended.promise, ...(demo === undefined ? {} : { demo }) }
}
