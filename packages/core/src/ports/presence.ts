import type { ContactId } from '../domain/ids.ts'

/** Who is here now. Never stored; a lost count costs a wrong guess in a plan, never a message. */
export interface Presence {
  /** Live sockets of the contact, on every node that is known of. */
  connections(contactId: ContactId): number
}
