import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'

/** Every name under which a session's id is met, the documented one first. All of them are read wherever a session may be named. */
export const sessionKeys = ['sessionId', 'webChatSessionId', 'webchatSessionId'] as const

export const sessionKeyFields = {
  sessionId: Type.Optional(Id),
  webChatSessionId: Type.Optional(Id),
  webchatSessionId: Type.Optional(Id),
}
