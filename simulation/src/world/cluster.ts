import type { DeploymentId } from '@beckon/core'
import { createPlainSecrets } from '@beckon/core/testing'
import type { CommitMoment } from '../plan/step.ts'
import type { Plant } from '../plants/plant.ts'
import { createChance, type Chance } from './chance.ts'
import { createEngine, type Engine } from './engine.ts'
import { createLife, type Life } from './life.ts'
import { createNodeClock } from './node-clock.ts'
import { createNode, type Node } from './node.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { VirtualTime } from './virtual-time.ts'
import { createWires, type Wires } from './wires.ts'

export interface ClusterGiven {
  readonly time: VirtualTime
  readonly seed: number
  readonly deploymentId: DeploymentId
  /** How far the clock of each node's machine is off, in ms; one for each node. */
  readonly skews: readonly number[]
  readonly plant: Plant
}

/** A place where a node runs, one life after another. */
export interface Place {
  readonly name: string
  readonly life: Life
  /** Undefined while it is down or starting. */
  readonly node: Node | undefined
  /** Told to stop, and not gone yet. */
  readonly isDraining: boolean
}

export interface Cluster {
  readonly engine: Engine
  readonly wires: Wires
  readonly recorder: Recorder
  readonly places: readonly Place[]
  /** Ends this life; the next begins when told. */
  crash(index: number): void
  start(index: number): Promise<void>
  /** Once, when that node is next at this moment of a commit. */
  atNextCommit(index: number, when: CommitMoment, happens: () => void): void
  /** What was to happen at a commit will not. */
  disarm(): void
}

interface OpenPlace {
  readonly name: string
  life: Life
  node: Node | undefined
  readonly isDraining: boolean
  armed: { readonly when: CommitMoment; readonly happens: () => void } | undefined
}

const startAgainMs = 2000

/** Several nodes on one store. */
export function createCluster(given: ClusterGiven): Cluster {
  const { time, seed, skews } = given
  const engine = createEngine(time)
  const recorder = createRecorder(time)
  const wires = createWires(time, createChance(seed, 'wires'))
  const secrets = createPlainSecrets()
  const lives = skews.map(() => 0)
  const places: readonly OpenPlace[] = skews.map((_, index) => createPlace(nameOf(index), time))

  async function start(index: number): Promise<void> {
    const place = places[index]
    if (!place || place.life.isAlive) return
    const number = (lives[index] ?? 0) + 1
    lives[index] = number
    const life = createLife(time)
    place.life = life
    const name = `${place.name}-${String(number)}`
    const chance: Chance = createChance(seed, name)
    const skew = skews[index] ?? 0
    try {
      const clock = await createNodeClock({ time, life, chance, engine, skew, isShared: given.plant.clocks !== 'own' })
      const node = await createNode({
        name, life, chance, engine, secrets, recorder,
        wire: wires.join(name, life),
        clock,
        plant: given.plant,
        deploymentId: given.deploymentId,
        onCommit: (moment) => reach(place, moment),
      })
      if (life.isAlive) place.node = node
    } catch {
      // Without a store there is nothing to start on: whoever looks after the process starts it again.
      life.end()
      time.after(startAgainMs, () => void start(index))
    }
  }

  return {
    engine, wires, recorder, places, start,
    atNextCommit(index, when, happens) {
      const place = places[index]
      if (place) place.armed = { when, happens }
    },
    disarm() {
      for (const place of places) place.armed = undefined
    },
    crash(index) {
      const place = places[index]
      if (!place) return
      place.node = undefined
      place.life.end()
    },
  }
}

function createPlace(name: string, time: VirtualTime): OpenPlace {
  return {
    name,
    life: deadLife(time),
    node: undefined,
    armed: undefined,
    get isDraining() {
      return this.node?.isDraining ?? false
    },
  }
}

function reach(place: OpenPlace, moment: CommitMoment): void {
  const { armed } = place
  if (armed?.when !== moment) return
  place.armed = undefined
  armed.happens()
}

function nameOf(index: number): string {
  return `node-${'abcdefgh'.charAt(index)}`
}

function deadLife(time: VirtualTime): Life {
  const life = createLife(time)
  life.end()
  return life
}
