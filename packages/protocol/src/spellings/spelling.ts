import type { OperationId } from '../operations.ts'
import type { Operation } from '../rest/operation.ts'

/** The stories of the field, in the order in which they are told. */
export type StoryId = 'S0' | 'S1' | 'S2' | 'S3' | 'S4'

/** A call as the field writes it: what it is checked by, and the operation that does what its author wanted. */
export interface Spelling extends Operation {
  readonly auth: 'bearer'
  readonly canonical: OperationId
  readonly story: StoryId
  /**
   * The same call by its documented name, made of one that fits this row's schemas. Pure and total: looks at nothing but the
   * call, and what it makes fits the schemas of the canonical operation.
   */
  readonly translate: (call: SpelledCall) => Translation
}

export interface SpelledCall {
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
}

export type Translation = CanonicalCall | Untranslatable

export interface CanonicalCall {
  readonly ok: true
  readonly params: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** Where the caller wrote what the canonical body has elsewhere, both as JSON Pointers: `#/sessionId` → `#/webChatSessionId`. */
  readonly written: Readonly<Record<string, string>>
}

/** What fits the schema and yet cannot be meant: it contradicts itself, says nothing, or belongs to another operation. */
export interface Untranslatable {
  readonly ok: false
  /** At the caller's own keys. */
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[]
}

/** Checks a row against `Spelling` while keeping its exact type. */
export function defineSpelling<const S extends Spelling>(spelling: S): S {
  return spelling
}
