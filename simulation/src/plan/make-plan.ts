import { createChance, type Chance } from '../world/chance.ts'
import { faultNames, type Deed, type Fault, type FaultName, type Plan, type RelativeTerms, type Step } from './step.ts'

export interface PlanWishes {
  /** Which faults there may be; all unless said. */
  readonly faults?: readonly FaultName[]
}

const second = 1000
const mostSkew = 30 * second

/** What happens in the run of this seed. */
export function makePlan(seed: number, { faults = faultNames }: PlanWishes = {}): Plan {
  const chance = createChance(seed, 'plan')
  const size = { nodes: chance.between(2, 4), guests: chance.between(1, 3), readers: chance.between(1, 2) }
  const lastsMs = chance.between(20, 70) * second
  const deeds = Array.from({ length: chance.between(15, 50) }, () => ({ at: chance.between(2 * second, lastsMs), ...aDeed(chance, size) }))
  const troubles = faults.length === 0 ? [] : Array.from({ length: chance.between(0, 8) }, () => ({ at: chance.between(second, lastsMs), ...aFault(chance, size, chance.oneOf(faults)) }))
  const arrivals: readonly Step[] = Array.from({ length: size.guests }, (_, guest) => ({ at: chance.between(0, second), does: 'open', guest, tab: 0 }))
  const steps = [...arrivals, ...deeds, ...troubles].toSorted((one, other) => one.at - other.at)
  return { seed, ...size, lastsMs, steps, skews: someSkews(chance, size.nodes) }
}

/** In a third of all runs no two machines agree about the time. */
function someSkews(chance: Chance, nodes: number): readonly number[] {
  const areOff = chance.percent(33)
  return Array.from({ length: nodes }, () => (areOff ? chance.between(1, mostSkew) * chance.oneOf([-1, 1]) : 0))
}

interface Size {
  readonly nodes: number
  readonly guests: number
  readonly readers: number
}

function aDeed(chance: Chance, { guests, readers }: Size): Deed {
  const guest = chance.between(0, guests - 1)
  const tab = chance.percent(70) ? 0 : 1
  const roll = chance.between(1, 100)
  if (roll <= 30) return { does: 'write', guest, tab }
  if (roll <= 62) return { does: 'send', guest, terms: someTerms(chance) }
  if (roll <= 68) return { does: 'cancel', send: chance.between(0, 8) }
  if (roll <= 75) return { does: 'close', guest }
  if (roll <= 79) return { does: 'reopen', guest }
  if (roll <= 88) return { does: 'open', guest, tab }
  if (roll <= 94) return { does: 'leave', guest, tab }
  if (roll <= 96) return { does: 'reload', guest, tab }
  return { does: 'switch-reader', reader: chance.between(0, readers - 1) }
}

function someTerms(chance: Chance): RelativeTerms {
  const roll = chance.between(1, 100)
  const whenClosed = chance.percent(80) ? {} : { whenClosed: chance.oneOf(['reopen', 'append', 'startLinked', 'reject']) }
  if (roll <= 40) return whenClosed
  if (roll <= 65) return { ...whenClosed, sendIn: chance.between(second, 30 * second) }
  if (roll <= 75) return { ...whenClosed, supersedeKey: chance.oneOf(['parcel', 'basket']), ...(chance.percent(50) ? { sendIn: chance.between(second, 20 * second) } : {}) }
  if (roll <= 87) return { ...whenClosed, sendIn: chance.between(second, 20 * second), unless: chance.oneOf([['replied'], ['seen'], ['replied', 'seen']]) }
  return { ...whenClosed, expiresIn: chance.between(3 * second, 30 * second) }
}

function aFault(chance: Chance, { nodes, guests }: Size, does: FaultName): Fault {
  const node = chance.between(0, nodes - 1)
  const whole = { forMs: chance.between(500, 20 * second) }
  const when = chance.oneOf(['before', 'durable'] as const)
  switch (does) {
    case 'cut-socket': return { does, guest: chance.between(0, guests - 1), tab: chance.between(0, 1) }
    case 'crash': return { does, node, ...whole }
    case 'crash-at-commit': return { does, node, when, ...whole }
    // Longer than a lease now and then, so that others take over what a paused node believes to hold.
    case 'pause': return { does, node, forMs: chance.between(second, chance.percent(30) ? 90 * second : 20 * second) }
    case 'pause-at-commit': return { does, node, when, forMs: chance.between(second, chance.percent(30) ? 90 * second : 20 * second) }
    case 'rolling-restart': return { does }
    case 'slow-store': return { does, factor: chance.between(5, 40), ...whole }
    case 'store-away': return { does, ...whole }
    case 'lossy-wire': return { does, losses: { dropped: chance.between(5, 100), doubled: chance.between(0, 50), late: chance.between(0, 80) }, forMs: chance.between(5 * second, 120 * second) }
    case 'wire-away': return { does, ...whole }
  }
}
