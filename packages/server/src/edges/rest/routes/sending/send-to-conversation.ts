import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readSend } from '../../read/send-command.ts'
import type { RestDeps } from '../../rest-deps.ts'
import { answerSend } from './answer-send.ts'

export function sendToConversation({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'send-to-conversation'> {
  return async (call) => {
    const { participantId } = call.body
    const conversationId = toId<'conversation'>(call.params.conversationId)
    return answerSend(useCases, readSend(call, participantId === undefined ? { conversationId } : { conversationId, participantId: toId(participantId) }))
  }
}
