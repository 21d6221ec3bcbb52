/**
 * The limits of the guest socket (guest protocol 1.6). A deployment may raise or lower the rates; the sizes are fixed.
 * Text is limited by `maxTextBytes`.
 */
export const guestLimits = {
  /** UTF-8 bytes of all keys and values of a message's custom attributes together. */
  maxCustomDataBytes: 2048,
  /** Of one session; a further one closes the oldest. */
  maxConnectionsPerSession: 3,
  messagesPerSecond: 5,
  requestsPerMinute: 60,
  configuresPerMinute: 60,
  echoesPerMinute: 2,
  historyReadsPerMinute: 10,
  /** The whole frame, in bytes: text, content, attributes and envelope. */
  maxFrameBytes: 65536,
  /** Entries in one `history` answer, and in the catch-up of a guest without a place to resume from. */
  maxHistoryEntries: 100,
  catchUpEntries: 50,
  /** How long before its end a session's expiry is announced; a tenth of its lifetime when that is shorter. */
  expiryNoticeSeconds: 300,
  /** Seconds a session lives without activity, unless the deployment says otherwise. */
  sessionSeconds: 259_200,
  /** Milliseconds that somebody counts as writing after a Typing event without a duration. */
  typingMilliseconds: 5000,
} as const
