import type { Operation } from '../rest/operation.ts'

/** The market leader's own operations for web messaging, in its envelope, by its SDK's names for them. */
export const genesysOperations = {} as const satisfies Readonly<Record<string, Operation>>
