import { toId, type Conversation, type Idempotency, type Outcome, type UseCases } from '@beckon/core'
import { actorOf, type Principal } from '../../shared/principal.ts'
import { findConversation } from '../find-conversation.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysHandler } from '../genesys-handler.ts'
import { refused } from '../refusing/refused.ts'
import { showConversation } from '../render/conversation.ts'
import { readState } from './read-state.ts'

type Deps = Pick<GenesysDeps, 'useCases' | 'reader'>

export function deleteConversation({ useCases }: Deps): GenesysHandler<'genesys-delete-conversation'> {
  return async ({ params, ...call }) => {
    const closed = await setStatus(useCases, params.conversationId, { ...call, status: 'closed' })
    return closed.ok ? { status: 204 } : refused(closed)
  }
}

export function disconnectConversation({ useCases }: Deps): GenesysHandler<'genesys-post-conversation-disconnect'> {
  return async ({ params, ...call }) => {
    const closed = await setStatus(useCases, params.conversationId, { ...call, status: 'closed' })
    return closed.ok ? { status: 202, body: 'disconnected', replayed: closed.replayed } : refused(closed)
  }
}

export function patchConversation({ useCases, reader }: Deps): GenesysHandler<'genesys-patch-conversations-message'> {
  return async ({ params, body, request, ...call }) => {
    const state = readState(body, request.body)
    if (!state.ok) return state
    const changed = await setStatus(useCases, params.conversationId, { ...call, status: state.value === 'connected' ? 'open' : 'closed' })
    if (!changed.ok) return refused(changed)
    const found = await findConversation(reader, params.conversationId)
    return found.ok ? { status: 200, body: await showConversation(reader, found.value), replayed: changed.replayed } : refused(found)
  }
}

interface StatusChange {
  readonly status: 'open' | 'closed'
  readonly principal: Principal
  readonly idempotency?: Idempotency
}

/** Close and reopen: the one command of every form. */
export function setStatus({ updateConversation }: Pick<UseCases, 'updateConversation'>, conversationId: string, { status, principal, idempotency }: StatusChange): Promise<Outcome<Conversation>> {
  return updateConversation({
    conversationId: toId(conversationId), status, by: actorOf(principal),
    ...(idempotency === undefined ? {} : { idempotency }),
  })
}
