import type { Result, SendMessage, UseCases } from '@beckon/core'
import type { Answer } from '../../../shared/operation/operation-call.ts'
import { renderSendAnswer, renderSendPlan } from '../../render/send-outcome.ts'

/** Does what was read, and tells what came of it: 202 for what is stored, 200 for what was only planned. */
export async function answerSend({ sendMessage }: Pick<UseCases, 'sendMessage'>, command: Result<SendMessage>): Promise<Answer<'send-message'>> {
  if (!command.ok) return command
  const sent = await sendMessage(command.value)
  if (!sent.ok) return sent
  if (command.value.dryRun) return { status: 200, body: renderSendPlan(sent.value) }
  return { status: 202, body: renderSendAnswer(sent.value), replayed: sent.replayed }
}
