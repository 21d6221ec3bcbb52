import { notFound, toId, type Idempotency, type Refusal, type UseCases } from '@beckon/core'
import type { RefusedHere } from '../../shared/operation/operation-call.ts'
import { actorOf, type Principal } from '../../shared/principal.ts'
import { findParticipant } from '../find-conversation.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysCall, GenesysHandler } from '../genesys-handler.ts'
import { refused } from '../refusing/refused.ts'
import { setStatus } from './change-conversation.ts'
import { readState, type WishedState } from './read-state.ts'

type Deps = Pick<GenesysDeps, 'useCases' | 'reader'>

export function patchParticipant(deps: Deps): GenesysHandler<'genesys-patch-conversation-participant'> {
  return async (call) => (await change(deps, call)) ?? { status: 202 }
}

export function patchMessageParticipant(deps: Deps): GenesysHandler<'genesys-patch-conversations-message-participant'> {
  return async (call) => (await change(deps, call)) ?? { status: 202 }
}

/** A participant has one leg, which goes by the participant's id. */
export function patchCommunication(deps: Deps): GenesysHandler<'genesys-patch-conversations-message-participant-communication'> {
  return async (call) => {
    const { communicationId, participantId } = call.params
    if (communicationId !== participantId) return refused(notFound('participant', communicationId))
    return (await change(deps, call)) ?? { status: 200 }
  }
}

type ParticipantCall = Pick<GenesysCall<'genesys-patch-conversation-participant'>, 'params' | 'body' | 'principal' | 'request'> & { readonly idempotency?: Idempotency }

/** What was refused, or nothing. Who a participant is never changes, so it may be looked up before the command is chosen. */
async function change({ useCases, reader }: Deps, { params, body, request, ...call }: ParticipantCall): Promise<RefusedHere | undefined> {
  const state = readState(body, request.body)
  if (!state.ok) return state
  const found = await findParticipant(reader, params)
  if (!found.ok) return refused(found)
  const isCustomer = found.value.participant.purpose === 'customer'
  const done = await carryOut(useCases, { ...call, ...params, isCustomer, state: state.value })
  return done.ok ? undefined : refused(done)
}

interface Wish {
  readonly conversationId: string
  readonly participantId: string
  readonly isCustomer: boolean
  readonly state: WishedState
  readonly principal: Principal
  readonly idempotency?: Idempotency
}

/** The customer's leg is the conversation; anybody else comes and goes. */
function carryOut(useCases: UseCases, wish: Wish): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }> {
  const { conversationId, principal, idempotency } = wish
  const who = { conversationId: toId<'conversation'>(conversationId), by: actorOf(principal) }
  const participantId = toId<'participant'>(wish.participantId)
  if (wish.state === 'connected') return useCases.addParticipant({ ...who, who: { participantId }, ...(idempotency === undefined ? {} : { idempotency }) })
  if (wish.isCustomer) return setStatus(useCases, conversationId, { ...wish, status: 'closed' })
  return useCases.removeParticipant({ ...who, participantId })
}
