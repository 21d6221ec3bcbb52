import type { Entry } from '@beckon/core'
import { pushFrame } from '@beckon/protocol'
import { renderEntry, renderForEveryClient } from './render-entry.ts'
import { smallFrame } from './content/small-frame.ts'

/** One entry as frame text, made at most once for all sockets that get it. */
export interface EntryFrames {
  readonly entry: Entry
  /** Told by the node of its writer, who knows it by a mark. */
  readonly isTraced: boolean
  /** For clients with additions: every entry. */
  readonly full: () => string
  /** For other clients; undefined when there is nothing that they know. */
  readonly plain: (readOnly: boolean) => string | undefined
}

export function entryFrames(entry: Entry, tracingId?: string): EntryFrames {
  let full: string | undefined
  let plain: string | undefined
  const renderPlain = (readOnly: boolean): string | undefined => {
    const body = renderForEveryClient(entry, readOnly)
    return body && smallFrame(body, tracingId)
  }
  return {
    entry,
    isTraced: tracingId !== undefined,
    full: () => (full ??= JSON.stringify(pushFrame('StructuredMessage', renderEntry(entry), tracingId))),
    // What a closing says depends on who asks.
    plain: (readOnly) => (entry.kind === 'event' ? renderPlain(readOnly) : (plain ??= renderPlain(readOnly))),
  }
}
