import { execFileSync } from 'node:child_process'

/** Runs a program of the machine to its end. Throws with what it said when it fails. */
export function runCommand(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`\`${command} ${args.join(' ')}\` failed: ${said}`, { cause: error })
  }
}

/** True when it went well; what it says is of no interest. */
export function succeeds(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
