/** The server did something else. */
export class Failed extends Error {
  override readonly name = 'Failed'
}

/** The case asks for something that this server does not have and does not announce. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}

/** The case needs a side of the business, and none was given. */
export class NeedsBackend extends Error {
  override readonly name = 'NeedsBackend'
}

export type Verdict =
  | { readonly status: 'ok' }
  | { readonly status: 'failed'; readonly came: readonly string[] }
  | { readonly status: 'notApplicable'; readonly reason: string }
  | { readonly status: 'needsBackend' }
