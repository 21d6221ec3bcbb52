import type { Actor } from '../../domain/entry/entry.ts'
import type { ConversationId, ParticipantId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import { continueThread, type ThreadDeps } from '../thread-draft.ts'
import { noChanges } from '../transact-once.ts'

export interface RemoveParticipant {
  readonly conversationId: ConversationId
  readonly participantId: ParticipantId
  readonly by: Actor
}

/**
 * Someone leaves; again changes nothing. The customer cannot be removed from their own conversation: closing it is
 * what the caller means. Refuses with `not_found`, `erased`, `invalid_request`.
 */
export function createRemoveParticipant(deps: ThreadDeps) {
  return async (command: RemoveParticipant): Promise<Result<null>> => {
    const known = await deps.store.conversation(command.conversationId)
    if (!known) return notFound('conversation', command.conversationId)
    return deps.store.transact<Result<null>>({
      need: { contactId: known.contactId, conversationId: known.id },
      decide: ({ contact, deployment, ...found }) => {
        const conversation = must(found.conversation, 'a conversation stays')
        if (contact?.erasedAt !== undefined) return { result: refuse({ code: 'erased', noun: 'conversation' }), changes: noChanges }
        const participant = conversation.participants.find((one) => one.id === command.participantId)
        if (!participant) return { result: notFound('participant', command.participantId), changes: noChanges }
        if (participant.purpose === 'customer') return { result: refuse({ code: 'invalid_request', faults: [customerStays] }), changes: noChanges }
        if (participant.leftAt !== undefined) return { result: ok(null), changes: noChanges }
        const draft = continueThread({ ids: deps.ids, now: deps.clock.now(), idleCloseAfter: deployment?.idleCloseAfter }, conversation)
        draft.leave(participant, command.by)
        return { result: ok(null), changes: draft.changes() }
      },
    })
  }
}

const customerStays = { pointer: '#/participantId', detail: 'is the customer: close the conversation instead of removing them from it' }
