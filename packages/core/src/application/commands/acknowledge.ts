import { advance, type Conversation, type GuestCursor } from '../../domain/conversation/conversation.ts'
import type { EventType } from '../../domain/event/event.ts'
import type { ContactId, ConversationId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import { stepProactive } from '../../domain/proactive/transitions.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Change, Decision, Found, Need, Store } from '../../ports/store.ts'
import { recall } from '../carry-out.ts'
import { noChanges } from '../transact-once.ts'

export interface Acknowledge {
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly by: 'guest' | 'business'
  readonly upTo: Partial<GuestCursor>
}

export interface AcknowledgeDeps {
  readonly store: Store
  readonly clock: Clock
}

/** Moves a side's delivered and seen marks, and settles every delivery up to there. Refuses with `not_found`, `erased`. */
export function createAcknowledge({ store, clock }: AcknowledgeDeps) {
  return (command: Acknowledge): Promise<Result<Conversation>> =>
    store.transact({
      need: needOf(command),
      decide: (found) => decide(command, found, clock.now()),
    })
}

function needOf({ contactId, conversationId, by, upTo }: Acknowledge): Need {
  if (by === 'business') return { contactId, conversationId }
  const { deliveredSeq = 0, seenSeq = 0 } = upTo
  return { contactId, conversationId, pendingMessages: { kind: 'reached', conversationId, deliveredSeq: Math.max(deliveredSeq, seenSeq), seenSeq } }
}

function decide(command: Acknowledge, found: Found, now: Instant): Decision<Result<Conversation>> {
  const was = found.conversation
  if (was?.contactId !== command.contactId) {
    return { result: notFound('conversation', command.conversationId), changes: noChanges }
  }
  if (found.contact?.erasedAt !== undefined) return { result: refuse({ code: 'erased', noun: 'conversation' }), changes: noChanges }
  const moved = moveCursor(was, command)
  const cursorChanges = tellMoves(was, moved, command.by, now)
  const settled = command.by === 'guest' ? settle(found, moved, now) : []
  if (cursorChanges.length === 0 && moved.guest.dismissedSeq === was.guest.dismissedSeq && settled.length === 0) {
    return { result: ok(was), changes: noChanges }
  }
  const conversation = { ...moved, version: was.version + 1 }
  return { result: ok(conversation), changes: [{ kind: 'put-conversation', conversation }, ...cursorChanges, ...settled] }
}

function moveCursor(conversation: Conversation, { by, upTo }: Acknowledge): Conversation {
  return by === 'guest'
    ? { ...conversation, guest: advance(conversation.guest, upTo, conversation.lastSeq) }
    : { ...conversation, business: advance(conversation.business, upTo, conversation.lastSeq) }
}

function tellMoves(was: Conversation, moved: Conversation, by: Acknowledge['by'], at: Instant): readonly Change[] {
  const tell = (type: EventType, upToSeq: number): Change => ({
    kind: 'append-event',
    event: { type, at, contactId: was.contactId, conversationId: was.id, data: { by, upToSeq } },
  })
  return [
    ...(moved[by].seenSeq > was[by].seenSeq ? [tell('message.seen', moved[by].seenSeq)] : []),
    ...(moved[by].deliveredSeq > was[by].deliveredSeq && moved[by].deliveredSeq !== moved[by].seenSeq
      ? [tell('message.delivered', moved[by].deliveredSeq)]
      : []),
  ]
}

/** What the guest's new marks say about the messages that they reach; scheduled ones may be settled before they are sent. */
function settle(found: Found, { guest }: Conversation, now: Instant): readonly Change[] {
  const hasSeenMore = guest.seenSeq > (found.conversation?.guest.seenSeq ?? 0)
  return found.pendingMessages.flatMap((message): readonly Change[] => {
    if (message.status === 'scheduled') return hasSeenMore && message.policy.unless?.includes('seen') ? recall(message, 'cancel', now, 'seen') : []
    const stepped = stepProactive(message, (message.seq ?? Infinity) <= guest.seenSeq ? 'see' : 'deliver', now)
    return stepped ? [{ kind: 'put-proactive', proactive: stepped }] : []
  })
}
