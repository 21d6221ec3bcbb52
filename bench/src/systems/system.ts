import type { Target } from '../load/driver.ts'

/** A measured system, started afresh for each run. */
export interface System<Name extends string = string> {
  readonly name: Name
  readonly label: string
  /** Starts servers of its own on an empty, or seeded, data folder. Throws NotInstalled where the machine lacks one. */
  start(folder: string): Promise<RunningSystem>
}

export interface RunningSystem extends AsyncDisposable {
  readonly target: Target
  readonly startMillis: number
  /** Ends each node of several with SIGTERM and starts it again on its port, one after the other. */
  readonly restartNodes?: () => Promise<void>
}
