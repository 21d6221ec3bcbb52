import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import { Name } from '../scalars/text.ts'
import type { Wire } from '../wire.ts'
import { Scope } from './oauth-client.ts'

/** What an agent may do at the desk. */
const Role = Type.Enum(['agent', 'supervisor', 'admin'])

/** At least 12 characters: length beats composition rules. */
const Password = Type.String({ minLength: 12, maxLength: 200 })

/** What is said to create an agent. `name` is what they sign in with. */
export const AgentRegistration = Type.Object(
  { name: Name, displayName: Type.Optional(Name), role: Type.Optional(Role), password: Password },
  { additionalProperties: false, title: 'AgentRegistration' },
)
export type AgentRegistration = Wire<typeof AgentRegistration>

/** What may be changed of an agent. The name they sign in with stays. A new password ends their desk sessions. */
export const AgentChanges = Type.Partial(Type.Omit(AgentRegistration, ['name']), { additionalProperties: false, title: 'AgentChanges' })
export type AgentChanges = Wire<typeof AgentChanges>

/** A person who answers at the desk. */
export const Agent = Type.Object(
  { id: Id, name: Type.String(), displayName: Type.String(), role: Role, createdAt: Instant, updatedAt: Instant },
  { title: 'Agent' },
)
export type Agent = Wire<typeof Agent>

/** Who is signed in at the desk, and what they may do. */
export const SignedInAgent = Type.Object({ agent: Agent, scopes: Type.Array(Scope) }, { title: 'SignedInAgent' })
export type SignedInAgent = Wire<typeof SignedInAgent>
