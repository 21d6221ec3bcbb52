import type { Terms } from '../history/record.ts'
import type { Losses } from '../world/wires.ts'

/** Something that somebody does, or that befalls the system, so many ms after the start. What was left out of a plan keeps its place as nothing. */
export type Step = { readonly at: number } & (Deed | Fault | { readonly does: 'nothing' })

/** Guests and their tabs, backends, readers of the feed. */
export type Deed =
  | { readonly does: 'open' | 'leave' | 'reload' | 'write'; readonly guest: number; readonly tab: number }
  | ({ readonly does: 'send'; readonly guest: number; readonly terms: RelativeTerms })
  /** Of the messages sent so far, that one. */
  | { readonly does: 'cancel'; readonly send: number }
  | { readonly does: 'close' | 'reopen'; readonly guest: number }
  | { readonly does: 'switch-reader'; readonly reader: number }

/** Times count from the moment of the send. */
export type RelativeTerms = Omit<Terms, 'sendAt' | 'expiresAt'> & { readonly sendIn?: number; readonly expiresIn?: number }

export type Fault =
  | { readonly does: 'cut-socket'; readonly guest: number; readonly tab: number }
  | { readonly does: 'crash'; readonly node: number; readonly forMs: number }
  /** At the next commit of the node: just before it, or when it is durable and nobody knows. */
  | { readonly does: 'crash-at-commit'; readonly node: number; readonly when: CommitMoment; readonly forMs: number }
  | { readonly does: 'pause'; readonly node: number; readonly forMs: number }
  | { readonly does: 'pause-at-commit'; readonly node: number; readonly when: CommitMoment; readonly forMs: number }
  | { readonly does: 'rolling-restart' }
  | { readonly does: 'slow-store'; readonly factor: number; readonly forMs: number }
  | { readonly does: 'store-away'; readonly forMs: number }
  | { readonly does: 'lossy-wire'; readonly losses: Losses; readonly forMs: number }
  | { readonly does: 'wire-away'; readonly forMs: number }

export type CommitMoment = 'before' | 'durable'

export type FaultName = Fault['does']

export const faultNames: readonly FaultName[] = [
  'cut-socket', 'crash', 'crash-at-commit', 'pause', 'pause-at-commit', 'rolling-restart', 'slow-store', 'store-away', 'lossy-wire', 'wire-away',
]

/** Everything that a run is made of, apart from chance in small things, which its seed decides. */
export interface Plan {
  readonly seed: number
  readonly nodes: number
  readonly guests: number
  readonly readers: number
  /** How far the clock of each node's machine is off, in ms. */
  readonly skews: readonly number[]
  readonly steps: readonly Step[]
  /** When the last step is over; peace lasts from then until the end. */
  readonly lastsMs: number
}
