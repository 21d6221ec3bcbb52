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

export type Hint =
  | { readonly kind: 'committed'; readonly batch: readonly Committed[] }
  | { readonly kind: 'typing'; readonly typing: Typing }
  /** An access token or a client was changed: forget what was cached about it. */
  | { readonly kind: 'access-changed' }

/**
 * Wake-ups between parts and nodes. Truth is the log in the store: a hint may be lost, repeated, late or out of order,
 * and costs latency at most.
 */
export interface Bus {
  publish(hint: Hint): void
  /** Returns the function that ends the subscription. A listener that throws does not keep others from hearing. */
  subscribe(listener: (hint: Hint) => void): () => void
}
