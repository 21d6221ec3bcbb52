/** What the exit code of `beckon` tells a script. */
export const exitCodes = {
  done: { code: 0, means: 'done' },
  failed: { code: 1, means: 'failed for a reason that none of the others names' },
  usage: { code: 2, means: 'the command line or the configuration is wrong; nothing was done' },
  refused: { code: 3, means: 'the server refused; the message says why and what would work' },
  unreachable: { code: 4, means: 'no answer from the server' },
  inUse: { code: 5, means: 'the data directory or the port is already in use' },
  unhealthy: { code: 6, means: 'doctor found something that needs attention' },
} as const

export type ExitName = keyof typeof exitCodes

/** The table as `--help` shows it. */
export function exitCodesHelp(): string {
  const rows = Object.values(exitCodes).map(({ code, means }) => `  ${code}  ${means}`)
  return ['Exit codes:', ...rows].join('\n')
}
