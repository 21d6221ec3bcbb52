import type { ContactId, ConversationId, DeploymentId } from '../domain/ids.ts'
import type { Committed } from './store.ts'

/** A guest or an agent is writing: worth showing now, worthless later, so never stored. */
export interface Typing {
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly deploymentId: DeploymentId
  readonly by: 'guest' | 'agent'
  readonly on: boolean
  readonly name?: string
}

/** Places in the feed, the first and the last of them. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type Hint =
  /** `span`: of the events between these places, those that are not in the batch concern nobody who attends here. */
  | { readonly kind: 'committed'; readonly batch: readonly Committed[]; readonly span?: Span }
  | { readonly kind: 'typing'; readonly typing: Typing }
  /** An access token or a client was changed: forget what was cached about it. */
  | { readonly kind: 'access-changed' }

/** What somebody may want to hear of. */
export type Attention = ContactId | ConversationId | 'everything'

/**
 * Wake-ups between parts and nodes. Truth is the log in the store: a hint may be lost, repeated, late or out of order,
 * and costs latency at most.
 */
export interface Bus {
  publish(hint: Hint): void
  /** Returns the function that ends the subscription. A listener that throws does not keep others from hearing. */
  subscribe(listener: (hint: Hint) => void): () => void
  /**
   * Says that somebody here wants to hear of it, until the function is called that is returned. Of a contact without sockets here, whom
   * nobody here attends to, what other nodes do may be left out.
   */
  attend(to: Attention): () => void
}
