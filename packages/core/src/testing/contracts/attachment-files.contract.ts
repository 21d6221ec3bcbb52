import { describe, expect, test } from 'vitest'
import type { AttachmentFiles } from '../../ports/attachment-files.ts'

export interface AttachmentFilesUnderTest extends AsyncDisposable {
  readonly files: AttachmentFiles
  /** Everything that the place holds, under whatever name. */
  leftovers(): Promise<readonly string[]>
}

const key = '0198a3c2-1a03-7b13-8c23-5d0e3f1a2b03'
const other = '0198a3c2-1a03-7b13-8c23-5d0e3f1a2b04'
const png = { mediaType: 'image/png' }

/** What every place for the bytes of attachments promises. */
export function attachmentFilesContract(open: () => Promise<AttachmentFilesUnderTest>): void {
  describe('the files of attachments', () => {
    test('give back exactly the bytes that were put, piece by piece', async () => {
      await using at = await open()
      const bytes = pattern(300_000)

      await at.files.put(key, inPieces(bytes, 7000), { size: bytes.byteLength, ...png })

      expect(await read(at.files, key)).toEqual(bytes)
      expect(await at.files.stat(key)).toEqual({ size: bytes.byteLength })
    })

    test('know nothing of a key that was never put', async () => {
      await using at = await open()

      expect(await at.files.open(key)).toBeUndefined()
      expect(await at.files.stat(key)).toBeUndefined()
      await at.files.delete(key)
    })

    test('keep nothing of bytes that broke off, and pass on the error that broke them', async () => {
      await using at = await open()
      const broken = new Error('the line went dead')

      await expect(at.files.put(key, breakingOff(pattern(100_000), broken), { size: 200_000, ...png })).rejects.toBe(broken)

      expect(await at.files.open(key)).toBeUndefined()
      expect(await at.files.stat(key)).toBeUndefined()
      await expect.poll(() => at.leftovers()).toEqual([])
    })

    test('forget what is deleted, and nothing else; deleting again does no harm', async () => {
      await using at = await open()
      await at.files.put(key, inPieces(pattern(10), 10), { size: 10, ...png })
      await at.files.put(other, inPieces(pattern(20), 10), { size: 20, ...png })

      await at.files.delete(key)
      await at.files.delete(key)

      expect(await at.files.stat(key)).toBeUndefined()
      expect(await read(at.files, other)).toEqual(pattern(20))
    })

    test('let go of a file that is not read to its end', async () => {
      await using at = await open()
      const bytes = pattern(2_000_000)
      await at.files.put(key, inPieces(bytes, 65_536), { size: bytes.byteLength, ...png })

      for await (const piece of (await at.files.open(key)) ?? []) {
        expect(piece.byteLength).toBeGreaterThan(0)
        break
      }
      await at.files.delete(key)

      await expect.poll(() => at.leftovers()).toEqual([])
    })

    test('carry many files at once without mixing them up', async () => {
      await using at = await open()
      const keys = Array.from({ length: 12 }, (_, index) => `0198a3c2-1a03-7b13-8c23-5d0e3f1a2c${String(index).padStart(2, '0')}`)

      await Promise.all(keys.map((one, index) => at.files.put(one, inPieces(pattern(5000 + index), 999), { size: 5000 + index, ...png })))

      const sizes = await Promise.all(keys.map(async (one) => (await read(at.files, one))?.byteLength))
      expect(sizes).toEqual(keys.map((_, index) => 5000 + index))
    })
  })
}

/** Bytes that show when one is missing or out of its place. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff)
}

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += length) yield bytes.subarray(at, at + length)
}

async function* breakingOff(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, bytes.byteLength / 2)
  yield bytes.subarray(bytes.byteLength / 2)
  throw error
}

async function read(files: AttachmentFiles, key: string): Promise<Uint8Array | undefined> {
  const flow = await files.open(key)
  if (!flow) return undefined
  const pieces: Uint8Array[] = []
  for await (const piece of flow) pieces.push(piece)
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.byteLength
  }
  return all
}
