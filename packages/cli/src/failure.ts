import { CommanderError } from 'commander'
import { BeckonRefusal, BeckonUnreachable } from '@beckon/client'
import { CommandFailed } from './command-failed.ts'
import type { ExitName } from './exit-codes.ts'

/** What a person, or a script with `--json`, is told when a command does not succeed. */
export interface Failure {
  readonly exit: ExitName
  readonly message: string
  readonly remedies: readonly string[]
  /** The refusal as the server gave it. */
  readonly problem?: unknown
}

/** Reads any error as a failure; undefined for what is none, as after `--help`. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommanderError) return usageFailure(error)
  if (error instanceof CommandFailed) return { exit: error.exit, message: error.message, remedies: error.remedies }
  if (error instanceof BeckonRefusal) return refusalFailure(error)
  if (error instanceof BeckonUnreachable) {
    return { exit: 'unreachable', message: error.message, remedies: ['Is it running? Start one here with: npx beckon demo', 'Another address? --url https://… or BECKON_URL'] }
  }
  return serverFailure(error)
}

function usageFailure(error: CommanderError): Failure | undefined {
  if (error.exitCode === 0) return undefined
  if (error.code === 'commander.help') return { exit: 'usage', message: 'Which of these?', remedies: [] }
  return { exit: 'usage', message: error.message.replace(/^error: /, ''), remedies: ['beckon --help lists every command; each has its own --help with examples'] }
}

function refusalFailure(error: BeckonRefusal): Failure {
  return { exit: 'refused', message: error.message, remedies: remediesFor(error), problem: error.problem }
}

function remediesFor({ code, requiredScope, call }: BeckonRefusal): readonly string[] {
  if (code === 'unavailable') return ['Try again in a moment; beckon doctor looks for what is wrong']
  if (call.path === '/oauth/token' && code === 'not_found') return ['A worker serves no callers: ask a node whose role is web or all, with --url or BECKON_URL']
  if (call.path === '/oauth/token') return ['Check BECKON_CLIENT_ID and BECKON_CLIENT_SECRET; a new pair: beckon client create']
  if (code === 'invalid_token') return ['Get a fresh token: beckon token']
  if (code === 'insufficient_scope' && requiredScope !== undefined) {
    return [`Use a client that has it: beckon client create --name "…" --scope ${requiredScope}`]
  }
  return []
}

/** The server's own errors are told by name, so that commands which never start a server need not load it. */
function serverFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { exit: 'failed', message: String(error), remedies: [] }
  const { name, message } = error
  if (name === 'ConfigError') return { exit: 'usage', message: 'The configuration has faults:', remedies: problemsOf(error) }
  return { exit: 'failed', message, remedies: remediesOf(error) }
}

/** Errors that know what can be done about them say so. */
function remediesOf(error: Error): readonly string[] {
  return 'remedies' in error && Array.isArray(error.remedies) ? error.remedies.map(String) : []
}

function problemsOf(error: Error): readonly string[] {
  return 'problems' in error && Array.isArray(error.problems) ? error.problems.map(String) : [error.message]
}
