import type { Terminal } from './output/terminal.ts'

/** What a command is given of the world it runs in. */
export interface Context {
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts when the user presses Ctrl-C or the process is told to end. */
  readonly stop: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly readStandardInput: () => Promise<string>
}
