import { FilesUnavailable, type AttachmentFiles } from '../ports/attachment-files.ts'

export interface MemoryAttachmentFiles extends AttachmentFiles {
  /** Of every file that is kept. */
  readonly keys: readonly string[]
  /** From now on everything rejects with `FilesUnavailable`, as when the disk is full. */
  goAway(): void
  comeBack(): void
}

export function createMemoryAttachmentFiles(): MemoryAttachmentFiles {
  const kept = new Map<string, readonly Uint8Array[]>()
  let isAway = false
  const mustAnswer = (): void => {
    if (isAway) throw new FilesUnavailable('the files are away')
  }
  return {
    get keys() {
      return [...kept.keys()]
    },
    async put(key, bytes) {
      mustAnswer()
      const pieces: Uint8Array[] = []
      for await (const piece of bytes) {
        mustAnswer()
        pieces.push(piece.slice())
      }
      kept.set(key, pieces)
    },
    async open(key) {
      mustAnswer()
      const pieces = kept.get(key)
      return pieces && flow(pieces)
    },
    async stat(key) {
      mustAnswer()
      const pieces = kept.get(key)
      return pieces && { size: pieces.reduce((sum, piece) => sum + piece.byteLength, 0) }
    },
    async delete(key) {
      mustAnswer()
      kept.delete(key)
    },
    goAway() {
      isAway = true
    },
    comeBack() {
      isAway = false
    },
  }
}

async function* flow(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
