import { genesysOperations } from './genesys/genesys-operations.ts'
import { operations } from './operations.ts'
import type { Operation } from './rest/operation.ts'
import { spellings } from './spellings/spellings.ts'

/** Every row that is served over HTTP: the operations, what the field calls them, and the market leader's own. */
export const servedRows: readonly Operation[] = Object.values<Operation>({ ...operations, ...spellings, ...genesysOperations })
