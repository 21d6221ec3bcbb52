import { unfitPlaces, unfitText, type Fault } from '@beckon/core'
import type { Action, ProblemCode } from '@beckon/protocol'

/** What a refusal will say, before it is known which request it answers. */
export interface ProblemDraft {
  readonly code: ProblemCode
  readonly detail: string
  readonly requiredScope?: string
  readonly grantedScopes?: readonly string[]
  readonly currentState?: string
  readonly errors?: readonly Fault[]
  readonly actions?: readonly Action[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal on its way out of a place that cannot return one: parsers, which only throw. */
export class HttpRefused extends Error {
  override readonly name = 'HttpRefused'
  readonly draft: ProblemDraft

  constructor(draft: ProblemDraft) {
    super(draft.detail)
    this.draft = draft
  }
}

/** Too much was asked; `detail` says of what. */
export function rateLimitedDraft(detail: string, waitSeconds: number): ProblemDraft {
  return { code: 'rate_limited', detail, headers: { 'retry-after': String(waitSeconds) } }
}

/** Texts of a request that cannot be kept, whatever they are for. */
export function unfitFaults(value: unknown, place: (path: string) => string): readonly Fault[] {
  return unfitPlaces(value).map((path) => ({ pointer: place(path), detail: unfitText }))
}

export function invalidRequest(faults: readonly Fault[]): HttpRefused {
  return new HttpRefused(invalidRequestDraft(faults))
}

export function invalidRequestDraft(faults: readonly Fault[]): ProblemDraft {
  const [first, ...others] = faults
  const rest = others.length === 0 ? '' : ` (and ${others.length} more)`
  return { code: 'invalid_request', detail: first ? `${first.pointer} ${first.detail}${rest}` : 'The request is not valid.', errors: faults }
}
