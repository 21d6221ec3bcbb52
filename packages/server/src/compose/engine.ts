import type { Bus, Clock, ContactId, Presence, SessionId, Store } from '@beckon/core'
import type { Log } from '../observability/log.ts'

/** What is another for one process alone and for one of several. */
export interface Engine {
  readonly store: Store
  readonly bus: Bus
  readonly presence: Presence & { enter(contactId: ContactId): void; leave(contactId: ContactId): void }
  readonly clock: Clock
  /** In which whatever goes on while the engine is away is said once. */
  readonly log: Log
  /** From now on nothing that other nodes do is missed. To be called before anybody is served, with the guests' sockets of this process. */
  readonly follow: (sockets: { sessionsOf(contactId: ContactId): readonly SessionId[] }) => Promise<void>
}
