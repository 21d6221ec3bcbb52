import type { AgentId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import { allScopes, type Scope } from './scope.ts'

export type Role = 'agent' | 'supervisor' | 'admin'

/** A person who answers at the desk. */
export interface Agent {
  readonly id: AgentId
  /** Signs in with it; unique. */
  readonly name: string
  readonly displayName: string
  readonly role: Role
  readonly passwordHash: string
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

/** A desk's sign-in: the cookie's hash, as long as it lasts. */
export interface AgentSession {
  readonly hash: string
  readonly agentId: AgentId
  readonly expiresAt: Instant
}

const agentScopes: readonly Scope[] = [
  'conversations:read', 'conversations:write', 'messaging:conversation:write', 'messaging:contact:write',
  'webmessaging:write', 'contacts:read', 'contacts:write', 'events:read',
]

/** What each role may do at the desk, in the same words a token uses. */
export const scopesByRole: Readonly<Record<Role, readonly Scope[]>> = {
  agent: agentScopes,
  supervisor: [...agentScopes, 'admin:conversation:write', 'webchat:session:write'],
  admin: allScopes,
}
