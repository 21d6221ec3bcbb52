import type { Id } from '../domain/ids.ts'

/** The one source of chance for addresses: UUIDv7, so that ids made later sort later (RFC 9562, section 5.7). */
export interface IdSource {
  next<Noun extends string>(): Id<Noun>
}
