import { conversationTransitions, type ConversationState } from '@beckon/core'
import type { Entry } from '@beckon/protocol'

/** What a log says happened, held against the table of what can happen. */
export interface Replayed {
  /** The state that the log ends in. */
  readonly state: ConversationState
  /** What the table does not allow, each with the line where it happened. */
  readonly faults: readonly string[]
}

/**
 * Goes through a log line by line, as the life cycle's table has it. A message while the conversation is closed is allowed by a
 * row with a policy of the send's own, so it must be one that was sent under it.
 */
export function replayLog(entries: readonly Entry[], wasSentToStayClosed: (text: string) => boolean): Replayed {
  let state: ConversationState = 'none'
  const faults: string[] = []
  for (const [index, { seq, kind, event, text = '', direction }] of entries.entries()) {
    const line = `${seq} ${direction} ${event ?? text} while ${state}`
    if (seq !== index + 1) faults.push(`${line}: the number should be ${index + 1}`)
    if (kind === 'message') {
      if (!mayBeSaid(state, direction, wasSentToStayClosed(text))) faults.push(line)
    } else if (event === 'started' || event === 'closed' || event === 'reopened') {
      const row = conversationTransitions.find((one) => one.from === state && one.emits.includes(event) && one.does !== 'startLinked')
      if (row === undefined) faults.push(line)
      else state = row.to
    }
  }
  return { state, faults }
}

function mayBeSaid(state: ConversationState, direction: Entry['direction'], staysClosed: boolean): boolean {
  const command = direction === 'inbound' ? 'guestWrites' : 'businessSends'
  return conversationTransitions.some((row) => row.from === state && row.on === command && row.does === 'append' && (row.policy === undefined || staysClosed))
}
