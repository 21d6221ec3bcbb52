import type { Actor, Instant, Scope } from '@beckon/core'

/** Who is asking: a program of the business with an access token, or an agent at the desk. */
export interface Principal {
  readonly kind: 'client' | 'agent'
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly issuedAt?: Instant
  readonly expiresAt: Instant
}

/** The one who acts when a call names nobody else. */
export function actorOf(principal: Principal): Actor {
  return { kind: principal.kind === 'agent' ? 'agent' : 'api', id: principal.id, name: principal.name }
}
