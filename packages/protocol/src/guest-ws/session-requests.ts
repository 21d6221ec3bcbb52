import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { DeploymentReference, Token, TracingId } from './envelope.ts'

/** A health check, also before a session is configured (guest protocol 2.6). It does not prolong the session. */
export const Echo = Type.Object({
  action: Type.Literal('echo'),
  token: Type.Optional(Token),
  tracingId: Type.Optional(TracingId),
  message: Type.Optional(Type.Object({ text: Type.Optional(Type.String()) })),
})
export type Echo = Wire<typeof Echo>

/** Asks for the short-lived token that reads the history by REST. */
export const GetJwt = Type.Object({ action: Type.Literal('getJwt'), token: Token, tracingId: Type.Optional(TracingId) })
export type GetJwt = Wire<typeof GetJwt>

/** Detaches this connection, or all others of the session (guest protocol 4.5). The requester's socket stays open. */
export const CloseSession = Type.Object({
  action: Type.Literal('closeSession'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  closeAllConnections: Type.Optional(Type.Boolean()),
})
export type CloseSession = Wire<typeof CloseSession>

/** Asks what a deployment supports; needs no session. */
export const GetConfiguration = Type.Object({
  action: Type.Literal('getConfiguration'),
  token: Type.Optional(Token),
  tracingId: Type.Optional(TracingId),
  deploymentId: DeploymentReference,
})
export type GetConfiguration = Wire<typeof GetConfiguration>
