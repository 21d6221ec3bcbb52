import { globSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The wall clock of one node, which can be put forward or back while it runs. */
export interface NodeClock {
  /** Variables with which its process sees that clock. */
  readonly env: Readonly<Record<string, string>>
  readonly shift: (seconds: number) => void
}

const libraries = ['/usr/lib/*/faketime/libfaketimeMT.so.1', '/usr/lib/faketime/libfaketimeMT.so.1', '/usr/lib64/faketime/libfaketimeMT.so.1']

function faketimeLibrary(): string | undefined {
  return process.env['BECKON_TEST_FAKETIME'] ?? libraries.flatMap((pattern) => globSync(pattern))[0]
}

/** What is missing here for clocks that go wrong; undefined when they can be had. */
export function lackingForClocks(): string | undefined {
  return faketimeLibrary() === undefined ? 'putting a clock wrong needs libfaketime (Debian: apt-get install faketime)' : undefined
}

/** By libfaketime, which reads the shift from a file about once a second. Timers are left alone: they go by the monotonic clock. */
export function createNodeClock(folder: string, name: string): NodeClock {
  const file = join(folder, `clock-${name}`)
  const shift = (seconds: number): void => {
    // Put in place whole: it may be read at any moment.
    writeFileSync(`${file}.next`, `${seconds < 0 ? '' : '+'}${seconds}\n`)
    renameSync(`${file}.next`, file)
  }
  shift(0)
  const library = faketimeLibrary()
  if (library === undefined) return { env: {}, shift }
  return {
    shift,
    env: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' },
  }
}
