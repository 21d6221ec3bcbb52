/** How a load generator speaks to one measured system. A driver lives in the generator's process; a target is what it is told. */

export type Target =
  | { readonly kind: 'floor' | 'socket-io' | 'empty-post'; readonly url: string; readonly pid: number }
  | BeckonTarget

export interface BeckonTarget {
  readonly kind: 'beckon'
  readonly url: string
  readonly pid: number
  readonly deploymentId: string
  readonly accessToken: string
  /** Who sends in a pair: the guest over its socket, or the backend over REST. */
  readonly sender: 'guest' | 'backend'
  /** How the backend listens: a filtered event stream for each conversation, or one stream for all of them. */
  readonly streams: 'each' | 'shared'
}

export interface Driver extends AsyncDisposable {
  /** A sender and a receiver with a conversation of their own, both connected. */
  openPair(index: number): Promise<Pair>
  /** Connects guest number `index`, anew or with everything it has from its last connection. */
  connectGuest(index: number): Promise<GuestLink>
  /** Sends `count` messages to a guest, connected or not; resolves when they are durable. */
  sendToGuest(index: number, count: number): Promise<void>
}

export interface Pair {
  /** Resolves when the sender has been told that the message is durable. */
  readonly send: (text: string) => Promise<void>
  readonly onReceived: (listener: (text: string) => void) => void
}

export interface GuestLink {
  /** Resolves when this connection has brought so many messages. */
  readonly received: (count: number) => Promise<void>
  /** Cuts the connection without a goodbye. */
  readonly drop: () => void
}
