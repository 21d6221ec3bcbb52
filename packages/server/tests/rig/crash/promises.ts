/** A message that the server has acknowledged: from then on it must never be lost, doubled or moved. */
export interface Promised {
  readonly id: string
  /** Who wrote it, and the how-many-eth of theirs it is: a writer's messages are stored in the order they were written. */
  readonly writer: string
  readonly number: number
  readonly contactId: string
  readonly text: string
  /** Known at once for what is said now; a scheduled message gets its place when its time comes. */
  readonly place?: { readonly conversationId: string; readonly seq: number }
}

export type OnPromised = (promised: Promised) => void
