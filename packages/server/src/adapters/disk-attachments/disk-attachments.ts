import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FilesUnavailable, invariant, type AttachmentFiles } from '@beckon/core'

export interface DiskPlace {
  readonly dir: string
  /** What strangers upload must never take the last of the disk from the database. */
  readonly keepsFreeBytes?: number
}

const kept = 256 * 1024 * 1024

/**
 * Files in folders named after the last two digits of their key, so that no folder grows without end. A file is written
 * beside its place, synced and then renamed into it: what has the right name is whole.
 */
export function createDiskAttachments({ dir, keepsFreeBytes = kept }: DiskPlace): AttachmentFiles {
  const place = (key: string): string => {
    invariant(/^[0-9a-zA-Z-]{4,64}$/.test(key), 'a file key is one that this server made')
    return join(dir, key.slice(-2), key)
  }
  return {
    async put(key, bytes, { size }) {
      const path = place(key)
      await answered(() => mkdir(dirname(path), { recursive: true, mode: 0o700 }))
      const free = await answered(() => freeBytes(dir))
      if (free - size < keepsFreeBytes) throw new FilesUnavailable(`the disk of attachments has ${String(free)} bytes left, of which ${String(keepsFreeBytes)} are kept free`)
      try {
        await writeWhole(`${path}.part`, bytes)
        await answered(() => rename(`${path}.part`, path))
        await answered(() => syncFolder(dirname(path)))
      } catch (error) {
        await rm(`${path}.part`, { force: true }).catch(() => undefined)
        throw error
      }
    },
    async open(key) {
      // Opened before anything is promised, so that a file that is gone is told as such and not as a broken answer.
      const file = await answered(() => ifThere(open(place(key), 'r')))
      return file && createReadStream('', { fd: file, highWaterMark: 65_536 })
    },
    async stat(key) {
      const found = await answered(() => ifThere(stat(place(key))))
      return found && { size: found.size }
    },
    async delete(key) {
      for (const path of [place(key), `${place(key)}.part`]) await answered(() => rm(path, { force: true }))
    },
  }
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}

async function writeWhole(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await answered(() => open(path, 'w', 0o600))
  try {
    for await (const piece of bytes) await answered(() => writeAll(file, piece))
    await answered(() => file.sync())
  } finally {
    await file.close()
  }
}

/** One write may take less than it was given. */
async function writeAll(file: Awaited<ReturnType<typeof open>>, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.byteLength; ) {
    const { bytesWritten } = await file.write(piece, at)
    at += bytesWritten
  }
}

/** A renamed file survives the loss of power only once its folder does. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw new FilesUnavailable(`the folder of attachments failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
