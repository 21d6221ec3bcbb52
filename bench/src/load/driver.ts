/** How a load generator speaks to one measured system. A driver lives in the generator's process; a target is what it is told. */

export type Target = RelayTarget | BeckonTarget

export interface RelayTarget {
  readonly kind: 'floor' | 'socket-io' | 'empty-post' | 'mqtt' | 'jetstream' | 'xmpp'
  readonly url: string
  readonly processes: readonly MeasuredProcess[]
}

export interface BeckonTarget {
  readonly kind: 'beckon'
  /** One for each node. */
  readonly urls: readonly string[]
  readonly processes: readonly MeasuredProcess[]
  readonly deploymentId: string
  readonly accessToken: string
  /** Who sends in a pair: the guest over its socket, or the backend over REST. */
  readonly sender: 'guest' | 'backend'
  /** How the backend listens: a filtered event stream for each conversation, or one stream for all of them. */
  readonly streams: 'each' | 'shared'
  /** Set where each node is an installation of its own, in the order of `urls`. */
  readonly strangers?: readonly Pick<BeckonTarget, 'deploymentId' | 'accessToken'>[]
  /** Set where the store was filled with so many conversations: pairs are then guests of these, spread over all of them. */
  readonly storedConversations?: number
}

/** A process whose CPU time is counted, with all that it has started, under the name of its part of the system. */
export interface MeasuredProcess {
  readonly part: 'node' | 'postgres' | 'nats'
  readonly pid: number
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
