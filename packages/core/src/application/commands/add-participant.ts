import type { Conversation, Participant } from '../../domain/conversation/conversation.ts'
import type { Actor } from '../../domain/entry/entry.ts'
import type { ContactId, ConversationId, ParticipantId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { Decision, Found } from '../../ports/store.ts'
import { continueThread, type ThreadDeps } from '../thread-draft.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface AddParticipant {
  readonly conversationId: ConversationId
  /** Whom to add. Nobody named means the conversation's own customer. */
  readonly who: { readonly participantId: ParticipantId } | { readonly contactId: ContactId } | { readonly actor: Actor } | Record<never, never>
  readonly by: Actor
  readonly idempotency?: Idempotency
}

export interface Added {
  readonly participant: Participant
  readonly conversation: Conversation
}

/** Adds someone; adding the customer back to a closed conversation reopens it. Refuses with `not_found`, `erased`. */
export function createAddParticipant(deps: ThreadDeps) {
  return async (command: AddParticipant): Promise<Outcome<Added>> => {
    const known = await deps.store.conversation(command.conversationId)
    if (!known) return notFound('conversation', command.conversationId)
    const need = { contactId: known.contactId, conversationId: known.id }
    return transactOnce(deps, need, command.idempotency, (found) => decide(deps, command, found))
  }
}

function decide(deps: ThreadDeps, command: AddParticipant, found: Found): Decision<Result<Added>> {
  const { contact, deployment } = found
  const conversation = must(found.conversation, 'a conversation stays')
  if (contact?.erasedAt !== undefined) return { result: refuse({ code: 'erased', noun: 'conversation' }), changes: noChanges }
  const draft = continueThread({ ids: deps.ids, now: deps.clock.now(), idleCloseAfter: deployment?.idleCloseAfter }, conversation)
  if ('actor' in command.who) {
    const participant = draft.join(command.who.actor)
    return { result: ok({ participant, conversation: draft.conversation }), changes: draft.changes() }
  }
  const participant = known(conversation, command.who)
  if (!participant) return { result: notFound('participant', Object.values(command.who).join(' ')), changes: noChanges }
  if (participant.leftAt !== undefined) {
    const rejoined = draft.join({ kind: participant.purpose, ...identity(participant) })
    return { result: ok({ participant: rejoined, conversation: draft.conversation }), changes: draft.changes() }
  }
  if (participant.purpose !== 'customer' || conversation.status === 'open') {
    return { result: ok({ participant, conversation }), changes: noChanges }
  }
  draft.reopen(command.by, 'participant added back')
  return { result: ok({ participant, conversation: draft.conversation }), changes: draft.changes() }
}

function identity({ externalId: id, name }: Participant): Pick<Actor, 'id' | 'name'> {
  return { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) }
}

function known(conversation: Conversation, who: AddParticipant['who']): Participant | undefined {
  if ('participantId' in who) return conversation.participants.find((one) => one.id === who.participantId)
  if ('contactId' in who && who.contactId !== conversation.contactId) return undefined
  return must(conversation.participants.find((one) => one.purpose === 'customer'), 'every conversation has its customer')
}
