import { canonicalPath, operations, type CanonicalCall, type OperationId, type Operation, type Spelling } from '@beckon/protocol'
import { invalidRequestDraft } from '../shared/http-refused.ts'
import type { AnyAnswer, CallOf, Handler, HandlerOf } from '../shared/operation/operation-call.ts'
import { asSpelled } from './as-spelled.ts'
import { refusedAsSpelled } from './refused-as-spelled.ts'
import { textsOf } from './record-of.ts'

/** Handlers of canonical operations, by their ids. */
export type CanonicalHandlers = { readonly [K in OperationId]?: Handler<K> }

/** A spelling's handler: translates, hands over, and tells what came of it in the caller's own words. */
export function respelled(row: Spelling, handlers: CanonicalHandlers): HandlerOf<Spelling> {
  // What a translation makes fits the canonical row: a property test holds it to that.
  const carryOut = handlers[row.canonical] as ((call: CallOf<Operation>) => Promise<AnyAnswer>) | undefined
  if (carryOut === undefined) throw new Error(`${row.operationId} needs ${row.canonical}, which is not served here`)
  return async (call) => {
    const translation = row.translate({ params: textsOf(call.params), body: call.body })
    if (!translation.ok) return { ok: false, draft: invalidRequestDraft(translation.faults) }
    const path = canonicalPath(row, translation.params)
    const answer = await carryOut(canonicalCall(call, translation, path))
    if ('refusal' in answer) return refusedAsSpelled(answer.refusal, { row, call, translation, canonicalPath: path })
    return 'status' in answer ? asSpelled(row, { ...answer, body: answer.body }, `${operations[row.canonical].method} ${path}`) : answer
  }
}

function canonicalCall(call: CallOf<Spelling>, { params, body }: CanonicalCall, path: string): CallOf<Operation> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the translation has just made it fit the canonical row
  return { ...call, params, body, path } as unknown as CallOf<Operation>
}
