import { toId, type Actor, type Participant } from '@beckon/core'
import { actorOf, type Principal } from '../../shared/principal.ts'
import { findParticipant } from '../find-conversation.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysHandler } from '../genesys-handler.ts'
import { missing, refused } from '../refusing/refused.ts'
import { renderSent } from '../render/message.ts'

type Deps = Pick<GenesysDeps, 'useCases' | 'reader' | 'bus'>

export function sendMessage({ useCases, reader }: Deps): GenesysHandler<'genesys-post-conversations-message-communication-messages'> {
  return async ({ params: { conversationId, communicationId }, body: { textBody }, principal, idempotency, request }) => {
    if (textBody === undefined) return missing('textBody', { body: request.body, example: '{"textBody":"…"}' })
    const found = await findParticipant(reader, { conversationId, participantId: communicationId })
    if (!found.ok) return refused(found)
    const { conversation, participant } = found.value
    const sent = await useCases.sendMessage({
      address: { conversationId: toId(conversationId), participantId: participant.id },
      saying: { text: textBody },
      from: speaker(participant, principal),
      proactive: false,
      policy: {},
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    return sent.ok ? { status: 200, body: renderSent(sent.value, conversation.deploymentId), replayed: sent.replayed } : refused(sent)
  }
}

export function sendTyping({ reader, bus }: Deps): GenesysHandler<'genesys-post-conversations-message-communication-typing'> {
  return async ({ params: { conversationId, communicationId }, principal }) => {
    const found = await findParticipant(reader, { conversationId, participantId: communicationId })
    if (!found.ok) return refused(found)
    const { conversation: { id, contactId, deploymentId }, participant } = found.value
    const { name = principal.name } = speaker(participant, principal)
    bus.publish({ kind: 'typing', typing: { contactId, conversationId: id, deploymentId, by: 'agent', on: true, name } })
    return { status: 204 }
  }
}

/** By a leg of the business it is from whoever has it. A conversation that nobody of it has joined has the customer's leg only: then it is from the caller. */
function speaker({ purpose, externalId: id, name }: Participant, principal: Principal): Actor {
  if (purpose === 'customer') return actorOf(principal)
  return { kind: purpose, ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) }
}
