import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readOneAddress } from '../../read/one-address.ts'
import { readSend } from '../../read/send-command.ts'
import type { RestDeps } from '../../rest-deps.ts'
import { answerSend } from './answer-send.ts'

export function sendMessage({ useCases, reader }: Pick<RestDeps, 'useCases' | 'reader'>): Handler<'send-message'> {
  return async (call) => {
    const address = await readOneAddress(reader, call.body)
    return address.ok ? answerSend(useCases, readSend(call, address.value)) : address
  }
}
