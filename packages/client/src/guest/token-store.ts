/**
 * Where the browser's secret is kept: a random UUID that proves "this browser" to the server and outlives sessions.
 * Whoever has it can read and write the conversation, so it belongs where only the site's own code can reach it.
 */
export interface GuestTokenStore {
  readonly read: () => string | undefined
  readonly write: (token: string) => void
}

/** Keeps the token as long as the process lives; `token` is one that the business has handed out. */
export function memoryTokenStore(token?: string): GuestTokenStore {
  let kept = token
  return {
    read: () => kept,
    write: (next) => {
      kept = next
    },
  }
}
