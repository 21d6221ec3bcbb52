import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { DeploymentReference, Token, TracingId } from './envelope.ts'

/** Where a guest that was here before goes on: the last entry it has, of which conversation, in which epoch of the log. */
export const Resume = Type.Object({
  conversationId: Type.String({ maxLength: 64 }),
  seq: Type.Integer({ minimum: 0 }),
  epoch: Type.String({ maxLength: 64 }),
})
export type Resume = Wire<typeof Resume>

/**
 * The first request of every socket, and again after a gap, an expiry or for a new chat (guest protocol 2.2).
 * `beckon` opts in to this protocol's additions; without it nothing is sent that other clients do not know.
 */
export const ConfigureSession = Type.Object({
  action: Type.Literal('configureSession'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  deploymentId: DeploymentReference,
  startNew: Type.Optional(Type.Boolean()),
  journeyContext: Type.Optional(Type.Unknown()),
  beckon: Type.Optional(Type.Object({ version: Type.Integer({ minimum: 1 }), resume: Type.Optional(Resume) })),
})
export type ConfigureSession = Wire<typeof ConfigureSession>

/** The same for a guest who has signed in, or who does so in the middle of a session. `code` is the `jwt` of the exchange (guest protocol 2.3). */
export const ConfigureAuthenticatedSession = Type.Object({
  ...ConfigureSession.properties,
  action: Type.Literal('configureAuthenticatedSession'),
  data: Type.Object({ code: Type.String({ minLength: 1, maxLength: 4096 }) }),
})
export type ConfigureAuthenticatedSession = Wire<typeof ConfigureAuthenticatedSession>
