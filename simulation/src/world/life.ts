import type { VirtualTime } from './virtual-time.ts'

/**
 * One life of a node, from its start to its end. Everything that reaches a node from outside, its own alarms included,
 * enters through its life: a paused node is reached when it goes on, a dead one never.
 */
export interface Life {
  readonly isAlive: boolean
  readonly isPaused: boolean
  enter(happening: () => void): void
  /** An alarm of the node. */
  after(wait: number, ring: () => void): () => void
  pause(): void
  goOn(): void
  /** At once, and nothing of it is left. */
  end(): void
  /** Told at the end to those outside: the network notices that a process is gone. */
  whenEnded(tell: () => void): void
}

export function createLife(time: VirtualTime): Life {
  let isAlive = true
  let isPaused = false
  let waiting: (() => void)[] = []
  const mourners: (() => void)[] = []
  const enter = (happening: () => void): void => {
    if (!isAlive) return
    if (isPaused) waiting.push(happening)
    else happening()
  }
  return {
    get isAlive() {
      return isAlive
    },
    get isPaused() {
      return isPaused
    },
    enter,
    after(wait, ring) {
      let isTakenBack = false
      const takeBack = time.after(wait, () => enter(() => (isTakenBack ? undefined : ring())))
      return () => {
        isTakenBack = true
        takeBack()
      }
    },
    pause() {
      isPaused = true
    },
    goOn() {
      isPaused = false
      const missed = waiting
      waiting = []
      for (const happening of missed) time.after(0, () => enter(happening))
    },
    end() {
      isAlive = false
      waiting = []
      for (const tell of mourners.splice(0)) tell()
    },
    whenEnded(tell) {
      if (isAlive) mourners.push(tell)
      else tell()
    },
  }
}
