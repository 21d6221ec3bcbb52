/**
 * The codes of refusal frames (guest protocol 3.7): numbers that existing guest clients know. A frame of class `string`
 * carries one in `code` and says the rest in `body`, except for `rateTooHigh`, which has a class of its own.
 */
export const guestCodes = {
  /** Not JSON, an unknown action, a request that does not fit its schema, an unknown deployment. */
  badRequest: 400,
  /** The feature is off in this deployment. */
  forbidden: 403,
  /** The conversation is read-only: no new messages. */
  readOnly: 409,
  tooManyRequests: 429,
  featureUnavailable: 4000,
  /** The token's session has expired or ended, and the server still knows it. */
  sessionHasExpired: 4006,
  /** No session is configured with this token. */
  sessionNotFound: 4007,
  messageTooLong: 4011,
  customAttributesTooLarge: 4013,
  missingParameter: 4020,
  /** In the body of a 429. */
  rateTooHigh: 4029,
  unexpected: 5000,
} as const

export type GuestCode = (typeof guestCodes)[keyof typeof guestCodes]

/** The close codes our server sends; always one, as some clients fail on a Close frame without. */
export const guestCloseCodes = {
  /** After ConnectionClosedEvent, when the client does not close by itself. */
  normal: 1000,
  /** A frame larger than `maxFrameBytes`. */
  tooBig: 1009,
  /** Not UTF-8. */
  invalidText: 1007,
} as const
