import type { Recorder } from './recorder.ts'
import type { Tally } from './tally.ts'

/** Somebody who uses the installation for as long as the run goes on. */
export interface Actor {
  readonly name: string
  /** Begins; resolves when everything asked for before `stop` has been acknowledged. */
  readonly work: () => Promise<void>
  readonly stop: () => void
  /** Words about what it still waits for. */
  readonly waitsFor: () => string
}

/** What every actor needs. */
export interface Stage {
  readonly urls: readonly string[]
  readonly deploymentId: string
  readonly credentials: { readonly clientId: string; readonly clientSecret: string }
  readonly recorder: Recorder
  readonly tally: Tally
  readonly seed: number
}
