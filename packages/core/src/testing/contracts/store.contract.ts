import { attachmentsContract } from './store/attachments.ts'
import { erasureContract } from './store/erasure.ts'
import { feedContract } from './store/feed.ts'
import { needsContract } from './store/needs.ts'
import { identityContract } from './store/identity.ts'
import type { OpenStore } from './store/open-store.ts'
import { readingContract } from './store/reading.ts'
import { timersTableContract } from './store/timers.ts'
import { transactionsContract } from './store/transactions.ts'

export type { DisposableStore, OpenStore } from './store/open-store.ts'

/**
 * What every store promises, whatever the engine. Each test opens a store that must hold nothing yet and must read the
 * time from the clock it is given; the store is disposed of when the test ends.
 */
export function storeContract(open: OpenStore): void {
  transactionsContract(open)
  needsContract(open)
  readingContract(open)
  feedContract(open)
  timersTableContract(open)
  attachmentsContract(open)
  erasureContract(open)
  identityContract(open)
}
