import { readSessionId } from './addresses.ts'
import { createBodyReader } from './body-reader.ts'

/** The session that a body names, by whichever of its names, and where it does; what it says twice must agree. */
export type SessionAddress =
  | { readonly ok: true; readonly sessionId?: string; readonly pointer: string }
  | { readonly ok: false; readonly faults: readonly { readonly pointer: string; readonly detail: string }[] }

export function readSessionAddress(body: unknown): SessionAddress {
  const reader = createBodyReader(body)
  const sessionId = readSessionId(reader)
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults }
  const pointer = reader.written['#/sessionId'] ?? '#/sessionId'
  return typeof sessionId === 'string' ? { ok: true, sessionId, pointer } : { ok: true, pointer }
}
