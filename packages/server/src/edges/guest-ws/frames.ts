import type { Entry } from '@beckon/core'
import { pushFrame } from '@beckon/protocol'
import { isForEveryClient, renderDisconnect, renderEntry } from './render-entry.ts'

/** One entry as frame text, made at most once for all sockets that get it. */
export interface EntryFrames {
  readonly entry: Entry
  /** For clients with additions: every entry. */
  readonly full: () => string
  /** For other clients; undefined when there is nothing that they know. */
  readonly plain: (readOnly: boolean) => string | undefined
}

export function entryFrames(entry: Entry, tracingId?: string): EntryFrames {
  let full: string | undefined
  const renderFull = (): string => (full ??= JSON.stringify(pushFrame('StructuredMessage', renderEntry(entry), tracingId)))
  return {
    entry,
    full: renderFull,
    plain: (readOnly) => {
      if (!isForEveryClient(entry)) return undefined
      return entry.kind === 'event' ? JSON.stringify(pushFrame('StructuredMessage', renderDisconnect(entry, readOnly))) : renderFull()
    },
  }
}
