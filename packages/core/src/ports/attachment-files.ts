/**
 * The bytes of attachments, by keys that this server makes (UUIDv7 text, so a key never leads out of its place). Promises:
 * - `put` resolves when all bytes are kept durably, and then they are there at once; when the bytes break off or the place
 *   fails, it rejects with that error and leaves nothing that `open` or `stat` would find.
 * - Bytes are carried piece by piece in both directions: nobody holds a whole file in memory.
 * - `delete` of what is not there succeeds, and also clears what a `put` that died left behind.
 * - A failure of the place rejects with `FilesUnavailable`.
 */
export interface AttachmentFiles {
  put(key: string, bytes: AsyncIterable<Uint8Array>, about: { readonly size: number; readonly mediaType: string }): Promise<void>
  /** Undefined when there is none. Whoever stops reading early ends the iteration, which lets go of the file. */
  open(key: string): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Undefined when there is none. */
  stat(key: string): Promise<{ readonly size: number } | undefined>
  delete(key: string): Promise<void>
}

/** The place of the files failed or is away: trying again later may succeed. */
export class FilesUnavailable extends Error {
  override readonly name = 'FilesUnavailable'
  readonly retryable = true
}
