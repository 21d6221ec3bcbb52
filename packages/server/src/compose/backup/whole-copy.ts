import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Copies a file and makes it durable; answers whether it was there. */
export async function copyWhole(from: string, to: string): Promise<boolean> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await copyFile(from, to)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
  sync(to)
  return true
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export async function sumOf(file: string): Promise<string> {
  const hash: Hash = createHash('sha256')
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 })
  bytes.on('data', (piece) => hash.update(piece))
  await once(bytes, 'close')
  return hash.digest('hex')
}

/** What a file or the names in a folder are survives the loss of power from now on. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
