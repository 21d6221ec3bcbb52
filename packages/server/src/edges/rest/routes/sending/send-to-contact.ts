import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readSend } from '../../read/send-command.ts'
import type { RestDeps } from '../../rest-deps.ts'
import { answerSend } from './answer-send.ts'

export function sendToContact({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'send-to-contact'> {
  return async (call) => answerSend(useCases, readSend(call, { contactId: toId(call.params.contactId) }))
}
