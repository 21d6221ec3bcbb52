import type { GenesysOperationId, genesysOperations } from '@beckon/protocol'
import type { CallOf, HandlerOf } from '../shared/operation/operation-call.ts'

export type GenesysCall<K extends GenesysOperationId> = CallOf<(typeof genesysOperations)[K]>
export type GenesysHandler<K extends GenesysOperationId> = HandlerOf<(typeof genesysOperations)[K]>
