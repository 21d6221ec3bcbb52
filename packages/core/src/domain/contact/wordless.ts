import type { Conversation, Participant } from '../conversation/conversation.ts'
import type { Actor, Entry } from '../entry/entry.ts'
import type { ProactiveMessage } from '../proactive/proactive.ts'

/**
 * What stays of an erased person's rows: ids, order, times and states, and not one word that they, the business or a
 * program wrote. Names, callers' own ids, reasons and keys are words too.
 */
export function wordlessEntry(entry: Entry): Entry {
  const by = nameless(entry.by)
  if (entry.kind === 'event') {
    const { reason: _, ...kept } = entry
    return { ...kept, by }
  }
  const { content: _content, metadata: _metadata, clientId: _clientId, ...kept } = entry
  return { ...kept, by, text: '' }
}

export function wordlessConversation(conversation: Conversation): Conversation {
  const participants = conversation.participants.map(wordlessParticipant)
  const { customAttributes: _, ...kept } = conversation
  const wordless = { ...kept, lastText: '', participants, version: conversation.version + 1 }
  return wordless.status === 'open' ? wordless : { ...wordless, closed: { at: wordless.closed.at, by: nameless(wordless.closed.by) } }
}

export function wordlessMessage(message: ProactiveMessage): ProactiveMessage {
  const { statusReason: _reason, ...kept } = message
  const { supersedeKey: _key, ...policy } = message.policy
  return {
    ...kept,
    policy,
    saying: { text: '' },
    from: nameless(message.from),
    timeline: message.timeline.map(({ at, what }) => ({ at, what })),
    version: message.version + 1,
  }
}

/** A customer's outer id is the contact's own, which is an address and stays. */
function wordlessParticipant({ name: _, ...participant }: Participant): Participant {
  if (participant.purpose === 'customer') return participant
  const { externalId: _externalId, ...kept } = participant
  return kept
}

function nameless({ kind }: Actor): Actor {
  return { kind }
}
