import type { OperationId } from '../operations.ts'
import type { Operation } from '../rest/operation.ts'

/** A call as the field writes it: what it is checked by, and the operation that does what its author wanted. */
export interface Spelling extends Operation {
  readonly canonical: OperationId
}

/** Every spelling of the field that is accepted as written, by its id. */
export const spellings = {} as const satisfies Readonly<Record<string, Spelling>>
