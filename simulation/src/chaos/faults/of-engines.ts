import { setTimeout as pause } from 'node:timers/promises'
import type { Engines } from '../world/engines.ts'
import { must, type Breaking, type FaultKind } from './fault.ts'

const engines = (breaking: Breaking) => must(breaking.world.engines, 'engines')

export const crashPostgres = away({ name: 'crash-postgres', weight: 4, leastMs: 0, mostMs: 3000 }, {
  goes: ({ postgres }) => postgres.stopImmediately(),
  returns: ({ postgres }) => postgres.restart(),
})

export const restartPostgres: FaultKind = {
  name: 'restart-postgres', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    breaking.note({ fault: 'restart-postgres' })
    await engines(breaking).postgres.restart()
  },
}

/** The connection of one node, ended in the way of an administrator: the others hear nothing of it. */
export const endConnection = ofOneConnection('end-connection', (those, drawn) => those.endConnection(drawn))

/** A process of the database dies: it throws everybody out and recovers. */
export const killConnection = ofOneConnection('kill-connection', (those, drawn) => those.killConnection(drawn))

export const killNats: FaultKind = {
  name: 'kill-nats', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    breaking.note({ fault: 'kill-nats' })
    await engines(breaking).nats.kill('SIGKILL')
    await engines(breaking).nats.restart()
  },
}

/** Long enough that everything must do without. */
export const stopNats = away({ name: 'stop-nats', weight: 2, leastMs: 2000, mostMs: 6000 }, {
  goes: ({ nats }) => nats.kill(),
  returns: ({ nats }) => nats.restart(),
})

interface Absence {
  readonly name: string
  readonly weight: number
  readonly leastMs: number
  readonly mostMs: number
}

interface Handles {
  readonly goes: (those: Engines) => Promise<void>
  readonly returns: (those: Engines) => Promise<void>
}

/** Something that all nodes share goes, and returns after a while. */
function away({ name, weight, leastMs, mostMs }: Absence, { goes, returns }: Handles): FaultKind {
  return {
    name, engine: 'postgres', needs: [], weight,
    async strike(breaking) {
      const forMs = breaking.chance.between(leastMs, mostMs)
      breaking.note({ fault: name, forMs })
      await goes(engines(breaking))
      await pause(forMs)
      await returns(engines(breaking))
    },
  }
}

function ofOneConnection(name: string, strike: (those: Engines, drawn: number) => Promise<void>): FaultKind {
  return {
    name, engine: 'postgres', needs: [], weight: 2,
    async strike(breaking) {
      const drawn = breaking.chance.between(0, 99) / 100
      breaking.note({ fault: name })
      await strike(engines(breaking), drawn)
    },
  }
}
