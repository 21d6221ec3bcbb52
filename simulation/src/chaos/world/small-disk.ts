import { chmodSync, mkdtempSync, rmdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LeftBehind } from './left-behind.ts'
import { runCommand, succeeds } from './run-command.ts'

/** A file system of its own, in memory, that can be filled to the last byte. */
export interface SmallDisk {
  readonly path: string
  readonly fill: () => void
  readonly free: () => void
}

/** What is missing here for a small disk; undefined when it can be had. */
export function lackingForDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'filling a disk needs Linux and root (mount -t tmpfs)'
  const path = mkdtempSync(join(tmpdir(), 'beckon-disk-'))
  const works = succeeds('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path) && succeeds('umount', path)
  rmdirSync(path)
  return works ? undefined : 'filling a disk needs the right to mount (a container needs CAP_SYS_ADMIN)'
}

const attempts = 20

export function mountSmallDisk(megabytes: number, left: LeftBehind): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'beckon-disk-'))
  const ballast = join(path, 'ballast')
  runCommand('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path)
  left.note(() => {
    // Lazily: whoever still has a file open there is ended after this.
    succeeds('umount', '-l', path)
    rmdirSync(path)
  })
  chmodSync(path, 0o777)
  return {
    path,
    fill() {
      // Others take room at the same time, so it takes some tries to get the last of it.
      for (let tries = attempts; tries > 0; tries -= 1) {
        const { bavail, bsize } = statfsSync(path)
        if (bavail === 0) return
        const length = String(Math.max(1, Math.floor((bavail * tries) / attempts)) * bsize)
        succeeds('fallocate', '-o', String(sizeOf(ballast)), '-l', length, ballast)
      }
    },
    free: () => rmSync(ballast, { force: true }),
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
