import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import type { Run } from '../installation.ts'

/** Runs a program in an environment that says nothing but this, and ends it when it takes too long. */
export async function runToEnd(
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Run> {
  // Mono leaves a report where it was started when it crashes.
  const child = spawn(command, args, { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, out, err }
}
