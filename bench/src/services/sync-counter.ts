import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram } from './binaries.ts'

const CALLS = 'fsync,fdatasync,msync,sync_file_range,syncfs'
const ATTACH_MILLIS = 1000

/** Counts, with strace, how often some processes and those they start have asked the disk to sync. Everything they do is slower meanwhile. */
export async function countSyncs(pids: readonly number[], folder: string): Promise<{ stop(): Promise<number> }> {
  const program = findProgram('strace', 'Debian\'s package is `strace`')
  const file = join(folder, 'strace.txt')
  const child = spawn(program, ['-f', '-qq', '-c', '-U', 'calls,name', '-e', `trace=${CALLS}`, '-o', file, ...pids.flatMap((pid) => ['-p', String(pid)])], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => { complaint += text })
  await sleep(ATTACH_MILLIS)
  if (child.exitCode !== null) throw new Error(`strace could not watch: ${complaint}`)
  return {
    stop: async () => {
      child.kill('SIGINT')
      await once(child, 'exit')
      return readFileSync(file, 'utf8').split('\n').filter((line) => /^\s*\d+\s+(?!total)\w+/.test(line)).reduce((sum, line) => sum + Number.parseInt(line, 10), 0)
    },
  }
}
