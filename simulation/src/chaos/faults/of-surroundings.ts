import { setTimeout as pause } from 'node:timers/promises'
import { lines, type Line } from '../world/private-network.ts'
import { aNode, must, type FaultKind } from './fault.ts'

/** Packets of one node vanish: to its database, to its bus, to its callers, or all of them. */
export const cutNetwork: FaultKind = {
  name: 'cut-network', engine: 'postgres', needs: ['network'], weight: 4,
  async strike(breaking) {
    const network = must(breaking.world.network, 'network')
    const { at, node } = aNode(breaking)
    const cut = breaking.chance.oneOf<readonly Line[]>([['database'], ['bus'], ['callers'], lines])
    const forMs = breaking.chance.between(1000, 8000)
    breaking.note({ fault: `cut-network ${cut.length === lines.length ? 'wholly' : cut.join()}`, node: node.name, forMs })
    for (const line of cut) network.unplug(at, line)
    await pause(forMs)
    for (const line of cut) network.plugIn(at, line)
  },
}

export const fillDisk: FaultKind = {
  name: 'fill-disk', engine: 'both', needs: ['disk'], weight: 2,
  async strike(breaking) {
    const disk = must(breaking.world.disk, 'small disk')
    const forMs = breaking.chance.between(1500, 5000)
    breaking.note({ fault: 'fill-disk', forMs })
    disk.fill()
    await breaking.world.engines?.writeMuch().catch(() => undefined)
    await pause(forMs)
    disk.free()
    // A database that found no room for its journal ends, and is started again by whoever looks after it.
    await breaking.world.engines?.startWhatEnded()
  },
}
