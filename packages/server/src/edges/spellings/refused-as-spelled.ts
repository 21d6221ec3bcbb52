import type { Fault, Refusal } from '@beckon/core'
import { scopesFor, type CanonicalCall, type Spelling } from '@beckon/protocol'
import type { CallOf, RefusedHere } from '../shared/operation/operation-call.ts'
import { sufficientScope } from '../shared/operation/scope-check.ts'
import { problemOf } from '../shared/problem/refusal-problem.ts'
import { fitActions } from './fit-actions.ts'
import { recordOf } from './record-of.ts'

interface SpelledAs {
  readonly row: Spelling
  readonly call: CallOf<Spelling>
  readonly translation: CanonicalCall
  readonly canonicalPath: string
}

/** The canonical operation's no: it points at what the caller wrote, and offers the calls that this caller could make. */
export function refusedAsSpelled(refusal: Refusal, { row, call, translation, canonicalPath }: SpelledAs): RefusedHere {
  const { principal, body } = call
  const draft = problemOf(pointingBack(refusal, translation.written), {
    method: row.method,
    // A send is offered again in the caller's spelling, since their scope may suffice for no other; what is to be read is read under its documented path.
    path: row.method === 'POST' ? call.path : canonicalPath,
    body: withOnePolicy(body, translation.body['policy']),
    scope: sufficientScope(principal, scopesFor(row, body)),
  })
  return { ok: false, draft: draft.actions === undefined ? draft : { ...draft, actions: fitActions(draft.actions, principal) } }
}

/** The same send with its policy said once, by its documented name, so that another wish can be put there. */
function withOnePolicy(body: unknown, policy: unknown): unknown {
  const rest = Object.entries(recordOf(body)).filter(([key]) => !/^(policy|forceOpen)$/i.test(key))
  return { ...Object.fromEntries(rest), policy }
}

function pointingBack(refusal: Refusal, written: CanonicalCall['written']): Refusal {
  if (refusal.code !== 'invalid_request') return refusal
  return { ...refusal, faults: refusal.faults.map((fault) => inTheirWords(fault, refusal.faults, written)) }
}

/** A fault's place, and the other fields that its words name, as the caller spelled them. */
function inTheirWords({ pointer, detail }: Fault, all: readonly Fault[], written: CanonicalCall['written']): Fault {
  const others = all.map((fault) => fault.pointer).filter((other) => other !== pointer)
  const spelled = others.reduce((text, other) => text.replaceAll(new RegExp(`\\b${other.slice(2)}\\b`, 'g'), nameAt(written[other] ?? other)), detail)
  return { pointer: written[pointer] ?? pointer, detail: spelled }
}

function nameAt(pointer: string): string {
  return pointer.slice(2).replaceAll('/', '.')
}
