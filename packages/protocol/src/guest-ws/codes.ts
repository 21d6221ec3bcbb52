/**
 * The codes of refusal frames (guest protocol 3.7): numbers that existing guest clients know. A frame of class `string`
 * carries one in `code` and says the rest in `body`, except for `rateTooHigh`, which has a class of its own.
 */
export const guestCodes = {
  /** Not JSON, an unknown action, a request that does not fit its schema, an unknown deployment. */
  badRequest: 400,
  /** The guest’s sign-in does not count, or does not count any more: their client renews it and tries again. */
  unauthorized: 401,
  /** The feature is off in this deployment. */
  forbidden: 403,
  /** The conversation is read-only: no new messages. */
  readOnly: 409,
  tooManyRequests: 429,
  featureUnavailable: 4000,
  fileTypeInvalid: 4001,
  fileSizeInvalid: 4002,
  fileContentInvalid: 4003,
  fileNameInvalid: 4004,
  fileNameTooLong: 4005,
  /** The token's session has expired or ended, and the server still knows it. */
  sessionHasExpired: 4006,
  /** No session is configured with this token. */
  sessionNotFound: 4007,
  attachmentHasExpired: 4008,
  /** Deleted, or never there, or somebody else's. */
  attachmentNotFound: 4009,
  attachmentNotUploaded: 4010,
  messageTooLong: 4011,
  customAttributesTooLarge: 4013,
  /** The token acts for a guest who has signed in with it: it opens nothing by itself any more. */
  cannotDowngrade: 4017,
  missingParameter: 4020,
  /** In the body of a 429. */
  rateTooHigh: 4029,
  fileEmpty: 4102,
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
