import type { QuickReplyAnswer, SentFile } from '../guest.ts'

/** A message as it is kept until the server has stored it. */
export interface OutboxItem {
  readonly clientId: string
  readonly text: string
  readonly answerTo: QuickReplyAnswer | undefined
  readonly files?: readonly SentFile[]
  /** Milliseconds since 1970. Items go out in this order. */
  readonly writtenAt: number
}

/**
 * Where unsent messages survive a reload. Several tabs may share one: they may then all send the same item, which the
 * server stores once, by its client id. A rejected promise costs persistence, never the message at hand.
 */
export interface GuestOutbox {
  /** All kept items, in any order. */
  readonly load: () => Promise<readonly OutboxItem[]>
  readonly put: (item: OutboxItem) => Promise<void>
  /** Removing what is not there is no error. */
  readonly remove: (clientId: string) => Promise<void>
}

/** Keeps messages as long as the process lives. */
export function memoryOutbox(): GuestOutbox {
  const items = new Map<string, OutboxItem>()
  return {
    load: async () => [...items.values()],
    put: async (item) => void items.set(item.clientId, item),
    remove: async (clientId) => void items.delete(clientId),
  }
}
