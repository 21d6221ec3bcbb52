import type { Timers } from '@beckon/core'

/**
 * A way for the nodes of one installation to shout to each other. Nothing of what is said is kept: a message may be lost,
 * repeated, late or out of order, and whoever listens must be able to do without it.
 */
export interface Wire extends AsyncDisposable {
  /** Longest message, in bytes of UTF-8. */
  readonly maxBytes: number
  readonly isUp: boolean
  /**
   * To every other node, or to the one that is named; never to oneself. False when it was dropped at once, because the wire
   * is away or cannot keep up. Never throws, and never waits.
   */
  send(text: string, to?: string): boolean
  /** Returns the function that ends it. */
  subscribe(listener: WireListener): () => void
}

export interface WireListener {
  readonly heard: (text: string) => void
  /** The wire is there: for the first time, or again after it was away, when others may have said what was not heard. */
  readonly up?: () => void
}

/** What every wire is opened with. */
export interface WireDeps {
  /** Of this process: letters, digits and hyphens. */
  readonly node: string
  /** The same for all nodes of an installation and for no other: letters and digits. */
  readonly installation: string
  readonly timers: Timers
  readonly log: WireLog
  readonly onChange: (isUp: boolean) => void
  readonly onListenerError: (error: unknown) => void
}

export interface WireLog {
  readonly info: (facts: object, what: string) => void
  readonly warn: (facts: object, what: string) => void
}
