import type { Chance } from '../../world/chance.ts'
import type { World } from '../world/world.ts'

/** What of the machine a kind of fault needs. */
export type Need = 'network' | 'disk' | 'clocks'

/** A way to break the installation. */
export interface FaultKind {
  /** As the report and the options call it. */
  readonly name: string
  readonly engine: 'postgres' | 'embedded' | 'both'
  readonly needs: readonly Need[]
  /** How often it comes, beside the others. */
  readonly weight: number
  /** Breaks something, and resolves when it is whole again. Everything that chance decides is decided before anything breaks. */
  readonly strike: (breaking: Breaking) => Promise<void>
}

export interface Breaking {
  readonly world: World
  readonly chance: Chance
  /** Notes in the history that something is broken now. */
  readonly note: (fault: Noted) => void
  /** Something that must not be, whatever is broken. */
  readonly violated: (what: string) => void
}

export interface Noted {
  readonly fault: string
  readonly node?: string
  readonly forMs?: number
}

export function aNode({ world, chance }: Breaking) {
  const at = chance.between(0, world.nodes.length - 1)
  const [node, clock] = [world.nodes[at], world.clocks[at]]
  if (node === undefined || clock === undefined) throw new Error('an installation has at least one node')
  return { at, node, clock }
}

export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this run has no ${what}`)
  return value
}
