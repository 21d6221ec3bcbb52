import type { GenesysErrorBody } from '@beckon/protocol'
import type { ProblemDraft } from '../../shared/http-refused.ts'
import { statusOf } from '../../shared/problem/problem.ts'
import type { SendProblem } from '../../shared/problem/send-problem.ts'
import { messageParams, officialCode } from './official-codes.ts'

/** Refusals in the market leader's envelope: its SDK rejects with this body and nothing else, so that everything stands in it. */
export function createSendErrorBody(publicUrl: string): SendProblem {
  return (reply, draft) => {
    const contextId = reply.request.id
    return reply
      .code(statusOf(draft))
      .headers({ 'x-request-id': contextId, 'cache-control': 'no-store', ...draft.headers })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(renderErrorBody(draft, { publicUrl, contextId })))
  }
}

function renderErrorBody(draft: ProblemDraft, { publicUrl, contextId }: { readonly publicUrl: string; readonly contextId: string }): GenesysErrorBody {
  const { code: problem, detail, errors = [], headers: _, requiredScope, grantedScopes, currentState, actions } = draft
  const code = officialCode(draft)
  return {
    message: detail, code, status: statusOf(draft),
    messageWithParams: detail, messageParams: messageParams(draft),
    contextId,
    details: errors.map(({ pointer }) => ({ errorCode: code, fieldName: fieldOf(pointer) })),
    errors: [],
    type: `${publicUrl}/docs/errors/${problem}`,
    ...(requiredScope === undefined ? {} : { requiredScope }),
    ...(grantedScopes === undefined ? {} : { grantedScopes }),
    ...(currentState === undefined ? {} : { currentState }),
    ...(actions === undefined ? {} : { actions }),
  }
}

/** `#/typing/type` is `typing.type`, `?pageSize` is `pageSize`. */
function fieldOf(pointer: string): string {
  return pointer.replace(/^#\/?|^\?/, '').replaceAll('/', '.')
}
