import { setTimeout as pause } from 'node:timers/promises'
import { must, type Breaking, type FaultKind } from './fault.ts'

const engines = (breaking: Breaking) => must(breaking.world.engines, 'engines')

export const crashPostgres: FaultKind = {
  name: 'crash-postgres', engine: 'postgres', needs: [], weight: 4,
  async strike(breaking) {
    const { postgres } = engines(breaking)
    const downMs = breaking.chance.between(0, 3000)
    breaking.note({ fault: 'crash-postgres', forMs: downMs })
    await postgres.stopImmediately()
    await pause(downMs)
    await postgres.restart()
  },
}

export const restartPostgres: FaultKind = {
  name: 'restart-postgres', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    breaking.note({ fault: 'restart-postgres' })
    await engines(breaking).postgres.restart()
  },
}

/** The connection of one node, ended in the way of an administrator: the others hear nothing of it. */
export const endConnection: FaultKind = {
  name: 'end-connection', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    const drawn = breaking.chance.between(0, 99) / 100
    breaking.note({ fault: 'end-connection' })
    await engines(breaking).endConnection(drawn)
  },
}

/** A process of the database dies: it throws everybody out and recovers. */
export const killConnection: FaultKind = {
  name: 'kill-connection', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    const drawn = breaking.chance.between(0, 99) / 100
    breaking.note({ fault: 'kill-connection' })
    await engines(breaking).killConnection(drawn)
  },
}

export const killNats: FaultKind = {
  name: 'kill-nats', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    breaking.note({ fault: 'kill-nats' })
    await engines(breaking).nats.kill('SIGKILL')
    await engines(breaking).nats.restart()
  },
}

/** Long enough that everything must do without. */
export const stopNats: FaultKind = {
  name: 'stop-nats', engine: 'postgres', needs: [], weight: 2,
  async strike(breaking) {
    const forMs = breaking.chance.between(2000, 6000)
    breaking.note({ fault: 'stop-nats', forMs })
    await engines(breaking).nats.kill()
    await pause(forMs)
    await engines(breaking).nats.restart()
  },
}
