import type { Idempotency, Secrets } from '@beckon/core'
import type { Principal } from '../principal.ts'

/** A request that may be the repetition of another. */
export interface Repeatable {
  readonly principal: Principal
  readonly operationId: string
  readonly method: string
  /** The path as called: the same key for another conversation is another request. */
  readonly path: string
  readonly body: unknown
}

const keyForm = /^"([\x20\x21\x23-\x7e]{1,200})"$|^([\x21\x23-\x7e]{1,200})$/

/** The caller's key, quoted as a structured field or bare, as most programs send it; undefined when it is neither. */
export function parseIdempotencyKey(header: string): string | undefined {
  const match = keyForm.exec(header.trim())
  return match?.[1] ?? match?.[2]
}

/** The key bound to who asks for what, and a hash of everything that makes the request what it is. */
export function bindIdempotency(secrets: Pick<Secrets, 'hash'>, key: string, request: Repeatable): Idempotency {
  const { principal, operationId, method, path, body } = request
  return {
    key: `${principal.kind}:${principal.id}:${operationId}:${key}`,
    fingerprint: secrets.hash(`${method} ${path}\n${canonicalJson(body)}`),
  }
}

/** JSON whose members are in one order, so that two programs that mean the same body write the same text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
    return Object.fromEntries(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  })
}
