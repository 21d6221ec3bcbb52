import type { SeenContent } from '../domain/attachment/content-fault.ts'

/** Tells what the first bytes of a file are. Never rejects: bytes that cannot be made out are unknown. */
export interface MediaProbe {
  /** `head` holds the first 64 KB, or all there is. */
  look(head: Uint8Array, declared: string): Promise<SeenContent>
}
