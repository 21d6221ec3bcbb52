/**
 * Where a guest's connection stands. One value at a time; the rows that lead from one to the next are in `phases.ts`.
 *
 * - `idle`: made, not yet asked to connect
 * - `connecting`: the socket is being opened
 * - `configuring`: the socket is open, the session is being taken up or resumed
 * - `live`: messages flow
 * - `waiting`: the connection was lost; the next attempt comes by itself at `retryAt`
 * - `expired`: the session ran out and is being renewed on the same socket
 * - `closed`: ended by `disconnect()` or by the server (`closeReason`); stays so until `connect()` or `wake()`
 * - `failed`: the server said never (`failure`); trying again by itself would not help
 */
export type GuestPhase = 'idle' | 'connecting' | 'configuring' | 'live' | 'waiting' | 'expired' | 'closed' | 'failed'

/** Why the phase is `failed`, in words that a developer can act on. */
export interface GuestFailure {
  /** HTTP status of the refused upgrade, or the code of the refusing frame. */
  readonly code: number
  readonly detail: string
}

/** Why the phase is `closed`. `replaced`: too many tabs of the same guest, the oldest gave way; `wake()` takes it back. */
export type GuestCloseReason = 'disconnected' | 'replaced' | 'signedOut' | 'cleared'

/** A ready-made answer that the business offers. */
export interface QuickReply {
  /** What the button says, and what the guest is seen to say. */
  readonly text: string
  /** What the business receives beside the text. */
  readonly payload: string
}

/** A file to send, as a page's `File` has it all but for the name of its bytes. */
export interface FileToAttach {
  /** With its extension. */
  readonly name: string
  /** MIME type; must agree with the bytes. */
  readonly type: string
  readonly body: Blob
}

/** A file on its way to the server, or there and not sent yet. */
export interface GuestFile {
  readonly fileId: string
  readonly name: string
  readonly type: string
  /** In bytes. */
  readonly size: number
  readonly body: Blob
  /** `ready`: may be sent. `failed`: see `problem`; `retryFile` or `removeFile` it. */
  readonly status: 'uploading' | 'ready' | 'failed'
  /** From 0 to 1. */
  readonly progress: number
  readonly problem: GuestFailure | undefined
}

/** A file that a message carries, before the message is stored. */
export interface SentFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** A file of a message in the log. */
export interface EntryFile extends SentFile {
  readonly isImage: boolean
  /** Good for some minutes after the entry came; `fileUrl` gives a fresh one. Undefined when it is no web address. */
  readonly url: string | undefined
}

/** What this guest may send. */
export interface FileRules {
  /** MIME types, `image/*`, or the pattern of two asterisks for all. */
  readonly types: readonly string[]
  readonly maxBytes: number
}

/** One line of a conversation: a message, or something that happened to the conversation. */
export interface GuestEntry {
  /** Position in the conversation: 1, 2, 3, … without gaps. */
  readonly seq: number
  readonly id: string
  readonly conversationId: string
  readonly kind: 'message' | 'event'
  /** `inbound`: from the guest. `outbound`: to the guest. */
  readonly direction: 'inbound' | 'outbound'
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** Empty when the message has no text. Plain text: never show it as HTML. */
  readonly text: string
  readonly fromName: string | undefined
  readonly fromBot: boolean
  readonly quickReplies: readonly QuickReply[]
  readonly files: readonly EntryFile[]
  /** All content parts as received, for those who show more than text. */
  readonly content: readonly unknown[]
  /** For `kind: 'event'`: `started`, `joined`, `left`, `closed`, `reopened`. */
  readonly event: string | undefined
  /** Who caused the event: `guest`, `agent`, `bot`, `api`, `timer`. */
  readonly by: string | undefined
  readonly reason: string | undefined
  /** Id that the guest's own client gave to the message. */
  readonly clientId: string | undefined
  /** Sent by the business without being asked. */
  readonly proactive: boolean
  /** Taken back by the business: do not show the text. */
  readonly withdrawn: boolean
}

/** A message of this guest that the server has not yet acknowledged as stored. */
export interface PendingMessage {
  readonly clientId: string
  readonly text: string
  readonly answerTo: QuickReplyAnswer | undefined
  readonly files?: readonly SentFile[]
  /** Milliseconds since 1970, by this machine's clock. */
  readonly writtenAt: number
  /** `waiting`: goes out as soon as the connection allows. `failed`: refused, see `problem`; `retry` or `discard` it. */
  readonly status: 'waiting' | 'sending' | 'failed'
  readonly problem: GuestFailure | undefined
  /** The outbox is still writing it down: if the page went away now, it might be lost. */
  readonly isBeingKept: boolean
}

/** Something that was chosen or filled in. */
export interface GuestChoice extends QuickReply {
  /** The field of a form that this answers. */
  readonly id?: string
}

/** What the guest answers to something richer than a quick reply. */
export interface RichAnswer {
  /** What the guest is seen to say. */
  readonly text: string
  /** `Button`: of a card. `Form`: one choice for each field, or for each item chosen in it. */
  readonly type: 'Button' | 'DatePicker' | 'ListPicker' | 'Form'
  readonly choices: readonly GuestChoice[]
  /** As the form names it. */
  readonly cannedResponseId?: string
}

/** What was answered, to which message. */
export interface QuickReplyAnswer extends Partial<Omit<RichAnswer, 'text'>> {
  readonly messageId: string
  /** Of a quick reply. */
  readonly payload: string
}

/** Up to which `seq` somebody has received and seen a conversation. */
export interface SeenCursors {
  readonly deliveredSeq: number
  readonly seenSeq: number
}

export interface GuestCursors extends SeenCursors {
  /** Up to which `seq` the guest has waved proactive messages away, on any tab. */
  readonly dismissedSeq: number
}

/** The part of one conversation that is known here: contiguous, in order, each entry once. */
export interface GuestThread {
  readonly conversationId: string
  readonly entries: readonly GuestEntry[]
  /** The server has entries before the first one here: `loadOlder()` fetches them. */
  readonly hasOlder: boolean
  readonly guest: GuestCursors
  readonly business: SeenCursors
}

/** The conversation that the guest would write into now. */
export interface GuestConversation {
  readonly id: string
  readonly status: 'open' | 'closed'
  readonly lastSeq: number
  readonly firstVisibleSeq: number
  /** What happens when the guest writes now. */
  readonly whenGuestWrites: 'append' | 'reopen' | 'startLinked' | 'readOnly'
  readonly closedAt: number | undefined
  readonly closedBy: string | undefined
  readonly closedReason: string | undefined
}

export interface GuestSession {
  readonly sessionId: string
  readonly contactId: string
  /** Milliseconds since 1970; slides with activity. */
  readonly expiresAt: number
}

/** Everything there is to show. Immutable: each change makes a new one. */
export interface GuestState {
  readonly phase: GuestPhase
  /** Set while `phase` is `failed`. */
  readonly failure: GuestFailure | undefined
  /** Set while `phase` is `closed`. */
  readonly closeReason: GuestCloseReason | undefined
  /** Set while `phase` is `waiting`: milliseconds since 1970. */
  readonly retryAt: number | undefined
  readonly session: GuestSession | undefined
  /** Undefined before the first message of the guest or the business. */
  readonly conversation: GuestConversation | undefined
  /** Known conversations, oldest first; the last one is the current one. */
  readonly threads: readonly GuestThread[]
  /** Unacknowledged messages in the order they were written. */
  readonly pending: readonly PendingMessage[]
  /** Files that are being uploaded or wait to be sent, in the order in which they were attached. */
  readonly files: readonly GuestFile[]
  /** Undefined while files cannot be sent. */
  readonly fileRules: FileRules | undefined
  /** The connection is live and everything the server had at that moment is here. */
  readonly caughtUp: boolean
  readonly loadingOlder: boolean
  /** Set while somebody on the other side types. */
  readonly typing: { readonly name: string | undefined } | undefined
  /** Messages of the business after the guest's seen cursor. */
  readonly unread: number
}

/** What a listener is told, by name. */
export interface GuestEvents {
  /** A new entry at the end of a conversation. `live` is false when it comes from catching up. */
  readonly entry: { readonly entry: GuestEntry; readonly live: boolean }
  /** A message of this client is stored. */
  readonly sent: { readonly clientId: string; readonly entry: GuestEntry }
  /** A message of this client was refused for good. */
  readonly failed: { readonly clientId: string; readonly problem: GuestFailure }
  /** The session ends soon unless something happens in it. */
  readonly expiring: { readonly expiresAt: number }
  /** The conversation was cleared; everything known is gone. */
  readonly cleared: undefined
}

/** What `send` returns at once. */
export interface Sending {
  readonly clientId: string
  /** Resolves when the server has stored the message; rejects when it is refused for good, discarded or cleared. */
  readonly entry: Promise<GuestEntry>
}

/**
 * A guest without a face: the whole of the guest socket with reconnecting, resuming, an outbox and cursors, for the
 * widget, for tests and load generators, and for native or kiosk clients written in TypeScript.
 *
 * @example
 * const guest = createGuest({ url: 'https://chat.example.com', deploymentId });
 * guest.on('entry', ({ entry }) => render(entry));
 * guest.connect();
 * const stored = await guest.send('Where is parcel 77?').entry; // stored.seq === 2
 */
export interface Guest {
  readonly state: () => GuestState
  /** Calls `listener` after each change with the new state. Returns the function that stops it. */
  readonly subscribe: (listener: (state: GuestState) => void) => () => void
  readonly on: <Name extends keyof GuestEvents>(name: Name, listener: (event: GuestEvents[Name]) => void) => () => void
  /** Resolves with the first state, the present one included, for which `holds` is true. */
  readonly until: (holds: (state: GuestState) => boolean) => Promise<GuestState>

  /** Connects and stays connected: lost connections are taken up again with growing, jittered pauses. */
  readonly connect: () => void
  /** Closes the socket after a last word about what was seen. Unsent messages stay in the outbox. */
  readonly disconnect: () => void
  /** Call when the user comes back to the page or the network returns: reconnects now, or checks that the socket lives. */
  readonly wake: () => void
  /** Call when the page may be about to go: what was seen is told now instead of in the next second. */
  readonly leave: () => void
  /** Call when the machine says that the network is gone: the socket is given up at once instead of after a time-out. */
  readonly networkLost: () => void

  /**
   * Puts the message into the outbox and sends it in order, once, now or when the connection is back. It takes the named
   * files along that are ready; with one, the text may be empty.
   */
  readonly send: (text: string, along?: { readonly files?: readonly string[] }) => Sending
  /**
   * Uploads a file; it waits in `state().files` to be sent. Returns its `fileId`.
   * @example
   * const fileId = guest.attach({ name: 'parcel.png', type: 'image/png', body: blob });
   * await guest.until(({ files }) => files.some((file) => file.fileId === fileId && file.status === 'ready'));
   * guest.send('This is how it came.', { files: [fileId] });
   */
  readonly attach: (file: FileToAttach) => string
  /** Tries a `failed` file again. */
  readonly retryFile: (fileId: string) => void
  /** Takes back a file that was not sent. */
  readonly removeFile: (fileId: string) => void
  /** A fresh address of a file in the log, good for some minutes; undefined when it cannot be had now. */
  readonly fileUrl: (id: string) => Promise<string | undefined>
  /** Answers `entry` with one of its quick replies, or with what was chosen in its cards, pickers and forms. */
  readonly answer: (entry: GuestEntry, reply: QuickReply | RichAnswer) => Sending
  /** Tries a `failed` message again, with the same client id. */
  readonly retry: (clientId: string) => void
  /** Throws an unsent message away. */
  readonly discard: (clientId: string) => void
  /** Tells the business that the guest types. Goes out at most once in 5 s, only while live. */
  readonly typing: () => void

  /** The guest has the current conversation before their eyes, up to its last entry. */
  readonly markSeen: () => void
  /** The guest has waved the waiting proactive message away: it disappears on every tab. */
  readonly dismiss: () => void
  /** Fetches up to `limit` (default 50, at most 100) entries before the first known one. False when it did not get them. */
  readonly loadOlder: (limit?: number) => Promise<boolean>

  /** Starts a new conversation; the one before is no longer shown. */
  readonly startNew: () => void
  /** Who the guest is has changed: shows it to the server. What an anonymous guest wrote goes along where the deployment allows it. */
  readonly identify: () => void
  /** Asks the server to sever this browser from its conversation for good. Ends in `closed` with reason `cleared`. */
  readonly clear: () => void
}
