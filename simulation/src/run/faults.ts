import type { Fault, Step } from '../plan/step.ts'
import type { Cluster, Place } from '../world/cluster.ts'
import type { VirtualTime } from '../world/virtual-time.ts'
import { noLosses } from '../world/wires.ts'

export interface FaultsGiven {
  readonly time: VirtualTime
  readonly cluster: Cluster
}

export interface Faults {
  /** False when the step is no fault of the system's. */
  make(step: Step): boolean
  /** Everything works again: nodes run, the store answers, the wire carries. */
  heal(): Promise<void>
}

type Make<F extends Fault> = (fault: F) => void
type Makers = { readonly [N in Fault['does']]?: Make<Extract<Fault, { does: N }>> }

/** How long a node that is told to stop has for what it is doing, and how long its successor takes to start. */
const stopMs = 2000
const betweenMs = 3000

export function createFaults({ time, cluster }: FaultsGiven): Faults {
  const { engine, wires, recorder } = cluster
  const state = { isOver: false }
  const scene: Scene = {
    time, cluster,
    place: (index) => cluster.places[index],
    later: (forMs, undo) => void time.after(forMs, () => (state.isOver ? undefined : undo())),
    tell: (fault, node, forMs) => recorder.add({ kind: 'fault', fault, ...(node === undefined ? {} : { node }), ...(forMs === undefined ? {} : { forMs }) }),
  }
  const makers: Makers = { ...ofNodes(scene), ...ofSurroundings(scene) }
  return {
    make(step) {
      const make = (makers as Readonly<Record<string, Make<never> | undefined>>)[step.does]
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name has the maker of its own fault
      make?.(step as never)
      return make !== undefined
    },
    async heal() {
      state.isOver = true
      scene.tell('peace', undefined)
      engine.slowDown(1)
      if (engine.isAway) engine.comeBack()
      wires.comeUp()
      cluster.disarm()
      for (const [index, { life, isDraining }] of cluster.places.entries()) {
        if (life.isPaused) life.goOn()
        if (isDraining) cluster.crash(index)
        void cluster.start(index)
      }
    },
  }
}

interface Scene extends FaultsGiven {
  readonly place: (index: number) => Place | undefined
  /** Takes a fault back in time, unless peace has done so before. */
  readonly later: (forMs: number, undo: () => void) => void
  readonly tell: (fault: string, node: string | undefined, forMs?: number) => void
}

const moments = { before: 'before a commit', durable: 'with a commit durable and untold' } as const

function ofNodes({ cluster, place, later, tell }: Scene): Makers {
  function crash(index: number, forMs: number, how: string): void {
    tell(how, place(index)?.name, forMs)
    cluster.crash(index)
    later(forMs, () => void cluster.start(index))
  }

  function pause(index: number, forMs: number, how: string): void {
    const { life, name } = place(index) ?? {}
    tell(how, name, forMs)
    life?.pause()
    later(forMs, () => life?.goOn())
  }

  function restart(index: number): void {
    const { node, name } = place(index) ?? {}
    if (name === undefined) return
    tell('restart', name)
    node?.drain()
    later(stopMs, () => {
      cluster.crash(index)
      void cluster.start(index)
      later(betweenMs, () => restart(index + 1))
    })
  }

  return {
    crash: ({ node, forMs }) => crash(node, forMs, 'crash'),
    'crash-at-commit': ({ node, when, forMs }) => cluster.atNextCommit(node, when, () => crash(node, forMs, `crash, ${moments[when]},`)),
    pause: ({ node, forMs }) => pause(node, forMs, 'pause'),
    'pause-at-commit': ({ node, when, forMs }) => cluster.atNextCommit(node, when, () => pause(node, forMs, `pause, ${moments[when]},`)),
    'rolling-restart': () => restart(0),
  }
}

function ofSurroundings({ time, cluster: { engine, wires }, later, tell }: Scene): Makers {
  return {
    'slow-store': ({ factor, forMs }) => {
      tell(`store ${String(factor)} times slower`, undefined, forMs)
      engine.slowDown(factor)
      later(forMs, () => engine.slowDown(1))
    },
    'store-away': ({ forMs }) => {
      tell('store away', undefined, forMs)
      engine.goAway()
      later(forMs, engine.comeBack)
    },
    'lossy-wire': ({ losses, forMs }) => {
      tell(`wire loses ${String(losses.dropped)} %, doubles ${String(losses.doubled)} %, delays ${String(losses.late)} %`, undefined, forMs)
      wires.losses = losses
      // Peace does not mend it: nothing may depend on the wire.
      time.after(forMs, () => (wires.losses = noLosses))
    },
    'wire-away': ({ forMs }) => {
      tell('wire away', undefined, forMs)
      wires.goDown()
      later(forMs, wires.comeUp)
    },
  }
}
