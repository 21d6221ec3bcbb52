import { problems, type Problem } from '@beckon/protocol'
import type { ProblemDraft } from '../http-refused.ts'

/** A refusal as it goes over the wire (RFC 9457), with the keys that older programs read beside it. */
export function renderProblem(draft: ProblemDraft, { publicUrl, contextId }: { readonly publicUrl: string; readonly contextId: string }): Problem {
  const { code, detail, headers: _, ...found } = draft
  const { status, title } = problems[code]
  return {
    type: `${publicUrl}/docs/errors/${code}`,
    title,
    status,
    detail,
    instance: contextId,
    code,
    message: detail,
    contextId,
    ...found,
  }
}

export function statusOf(draft: ProblemDraft): number {
  return problems[draft.code].status
}
