import type { Spelling } from '@beckon/protocol'
import type { AnswerExtras } from '../shared/operation/operation-call.ts'
import { recordOf } from './record-of.ts'

interface Answered extends AnswerExtras {
  readonly status: number
  readonly body: unknown
}

/** The canonical answer, where the field looks for it. */
export function asSpelled({ responses, operationId }: Spelling, answer: Answered, canonical: string): Answered {
  if (Object.hasOwn(responses, 204)) return { status: 204, body: undefined, ...(answer.replayed ? { replayed: answer.replayed } : {}) }
  if (operationId === 'create-webchat-session') return { ...answer, body: { ...recordOf(answer.body), result: idsOf(answer.body) } }
  return Object.hasOwn(responses, 202) ? { ...answer, body: { ...recordOf(answer.body), canonical } } : answer
}

function idsOf(body: unknown): object {
  const { webChatSessionId, sessionId } = recordOf(body)
  return { webChatSessionId, sessionId }
}
