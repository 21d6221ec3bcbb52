/**
 * What happened in a run, as those outside saw it: one record a line, as JSON, in the order in which the observer wrote
 * them down. Simulated and real runs write the same, so that one checker judges both. `at` is in milliseconds on the
 * observer's one clock; whatever a server says about time is inside an answer, a frame or a stored thing.
 *
 * A history begins with `begin`, ends with what the store held (`stored`, one thing a record) and `end`.
 */
export type HistoryRecord = Begin | Invoke | Settled | Connected | Disconnected | FrameSeen | EventsRead | Durable | FaultMade | Broke | Stored | End

/** What is written down, before it is known when. */
export type Undated<R extends HistoryRecord> = R extends HistoryRecord ? Omit<R, 'at'> : never

export interface Begin {
  readonly kind: 'begin'
  readonly at: number
  /** What ran: `simulation`, `chaos`. */
  readonly what: string
  readonly seed?: number
  /** How far a server's idea of now may be from the observer's, in ms: 0 where all nodes share the observer's clock. */
  readonly clockTolerance: number
}

/** Somebody asks for something. `op` names this attempt and no other: whoever repeats a call invokes it anew. */
export interface Invoke {
  readonly kind: 'invoke'
  readonly at: number
  readonly op: number
  /** The caller: a guest's tab, a backend. */
  readonly who: string
  readonly node?: string
  readonly call: Call
}

/**
 * What came of it. `ok`: it was acknowledged. `fail`: it was refused, and nothing was done. `unknown`: no answer came, or
 * one that leaves open whether it was done. An operation without any of the three is as good as `unknown`.
 */
export type Settled =
  | { readonly kind: 'ok'; readonly at: number; readonly op: number; readonly answer: Answer }
  | { readonly kind: 'fail'; readonly at: number; readonly op: number; readonly code: string }
  | { readonly kind: 'unknown'; readonly at: number; readonly op: number; readonly why: string }

/** Texts are unique: everything that means one message, attempts included, carries its text, and nothing else does. */
export type Call =
  /** A guest's message; attempts at one message share its `clientId`. */
  | { readonly name: 'write'; readonly clientId: string; readonly text: string }
  /** A backend's send. Attempts that share a `key` ask for exactly the same. Times in epoch ms. */
  | ({ readonly name: 'send'; readonly key?: string; readonly contactId: string; readonly text: string } & Terms)
  | { readonly name: 'cancel'; readonly proactiveId: string }
  | { readonly name: 'close' | 'reopen'; readonly key?: string; readonly conversationId: string }
  | { readonly name: 'acknowledge'; readonly conversationId: string; readonly deliveredSeq: number; readonly seenSeq: number }
  /** A socket begins or resumes its session. */
  | { readonly name: 'configure'; readonly resume?: { readonly conversationId: string; readonly seq: number } }
  | { readonly name: 'other'; readonly what: string }

/** On what conditions a message is sent. */
export interface Terms {
  readonly sendAt?: number
  readonly expiresAt?: number
  readonly supersedeKey?: string
  readonly unless?: readonly string[]
  readonly whenClosed?: string
}

/** What of an answer matters; absent where the answer does not say. */
export interface Answer {
  readonly messageId?: string
  readonly proactiveId?: string
  readonly conversationId?: string
  readonly seq?: number
  readonly status?: string
  /** The server said that it remembers this answer (`Idempotent-Replayed`). */
  readonly replayed?: boolean
  /** Of `configure`: the place asked for was taken up. */
  readonly resumed?: boolean
}

/** A socket opened. A `view` is one page with one memory: it lives through reconnections, and ends when its page is closed. */
export interface Connected {
  readonly kind: 'connected'
  readonly at: number
  readonly view: string
  readonly node?: string
}

export interface Disconnected {
  readonly kind: 'disconnected'
  readonly at: number
  readonly view: string
  readonly code?: number
}

/** A frame as the client got it. Views whose sockets opted in to the protocol's additions are checked entry by entry. */
export interface FrameSeen {
  readonly kind: 'frame'
  readonly at: number
  readonly view: string
  readonly frame: GuestFrame
}

export interface GuestFrame {
  readonly type: string
  readonly class: string
  readonly code: number
  readonly body: unknown
  /** Where the frame answers an invocation of this view: `op-<op>`. */
  readonly tracingId?: string
}

/** One answer of the feed to a reader who keeps its cursor: what it asked after, and what it is to ask after next. */
export interface EventsRead {
  readonly kind: 'events'
  readonly at: number
  readonly reader: string
  /** Absent: from the beginning. */
  readonly after?: string
  readonly cursor: string
  readonly events: readonly FeedEvent[]
}

export interface FeedEvent {
  readonly id: string
  readonly type: string
  readonly contactId?: string
  readonly conversationId?: string
}

/** The moment from which the store holds these entries whatever happens. Only simulated stores tell. */
export interface Durable {
  readonly kind: 'durable'
  readonly at: number
  readonly node?: string
  readonly entryIds: readonly string[]
}

export interface FaultMade {
  readonly kind: 'fault'
  readonly at: number
  /** In a few words: `crash`, `pause`, `cut the network`. */
  readonly fault: string
  readonly node?: string
  readonly forMs?: number
}

/** A node said that something went wrong in it that is no outage: a bug, whatever else the history shows. */
export interface Broke {
  readonly kind: 'broke'
  readonly at: number
  readonly node?: string
  readonly error: string
}

/** What the store held at the end, after everything had settled. Entries and events in their order. */
export type Stored =
  | { readonly kind: 'stored'; readonly at: number; readonly what: 'conversation'; readonly conversation: StoredConversation }
  | { readonly kind: 'stored'; readonly at: number; readonly what: 'entry'; readonly entry: StoredEntry }
  | { readonly kind: 'stored'; readonly at: number; readonly what: 'event'; readonly event: FeedEvent }
  | { readonly kind: 'stored'; readonly at: number; readonly what: 'message'; readonly message: StoredMessage }

export interface StoredConversation {
  readonly id: string
  readonly contactId: string
  readonly status: 'open' | 'closed'
  readonly lastSeq: number
}

export interface StoredEntry {
  readonly conversationId: string
  readonly seq: number
  readonly id: string
  /** A word for what happened when it is not a message: `started`, `closed`. */
  readonly event?: string
  readonly text?: string
  readonly clientId?: string
  readonly proactiveId?: string
  readonly withdrawn?: boolean
  /** Epoch ms, by the clock of the node that wrote it. */
  readonly createdAt: number
}

/** A message of the business with its fate. */
export interface StoredMessage {
  readonly id: string
  readonly messageId: string
  readonly text: string
  readonly status: string
  readonly sendAt?: number
}

export interface End {
  readonly kind: 'end'
  readonly at: number
  /** Since then nothing was broken and nothing asked: whoever is connected has had the time to be told everything. */
  readonly quietSince: number
}
