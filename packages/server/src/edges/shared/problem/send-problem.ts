import type { FastifyReply } from 'fastify'
import type { ProblemDraft } from '../http-refused.ts'
import { renderProblem, statusOf } from './problem.ts'

export type SendProblem = (reply: FastifyReply, draft: ProblemDraft) => FastifyReply

export function createSendProblem(publicUrl: string): SendProblem {
  return (reply, draft) => {
    const problem = renderProblem(draft, { publicUrl, contextId: reply.request.id })
    return reply
      .code(statusOf(draft))
      .headers({ 'x-request-id': problem.contextId, 'cache-control': 'no-store', ...draft.headers })
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem))
  }
}
