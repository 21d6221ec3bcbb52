import type { Wire, WireListener } from '@beckon/server/parts'
import type { Chance } from './chance.ts'
import type { Life } from './life.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What is wrong with the wire between nodes, each in percent of the messages to each node. */
export interface Losses {
  readonly dropped: number
  readonly doubled: number
  /** Late by up to ten seconds, and so out of order. */
  readonly late: number
}

export const noLosses: Losses = { dropped: 0, doubled: 0, late: 0 }

/** The wire that all nodes hang on. */
export interface Wires {
  losses: Losses
  join(node: string, life: Life): Wire
  /** Nobody hears anybody. */
  goDown(): void
  comeUp(): void
}

interface Member {
  readonly node: string
  readonly life: Life
  readonly listeners: Set<WireListener>
}

/** As long as NATS takes. */
const maxBytes = 1_000_000

export function createWires(time: VirtualTime, chance: Chance): Wires {
  const members = new Set<Member>()
  let isUp = true
  const wires: Wires = {
    losses: noLosses,
    join(node, life) {
      const self: Member = { node, life, listeners: new Set() }
      members.add(self)
      life.whenEnded(() => members.delete(self))
      return {
        maxBytes,
        get isUp() {
          return isUp
        },
        send(text, to) {
          if (!isUp) return false
          for (const member of members) if (member !== self && (to === undefined || member.node === to)) carry(member, text)
          return true
        },
        subscribe(listener) {
          self.listeners.add(listener)
          return () => void self.listeners.delete(listener)
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }
    },
    goDown() {
      isUp = false
    },
    comeUp() {
      isUp = true
      for (const { life, listeners } of members) {
        time.after(chance.between(1, 2000), () => life.enter(() => listeners.forEach(({ up }) => up?.())))
      }
    },
  }
  function carry({ life, listeners }: Member, text: string): void {
    const { dropped, doubled, late } = wires.losses
    if (chance.percent(dropped)) return
    const copies = chance.percent(doubled) ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      const wait = chance.percent(late) ? chance.between(100, 10_000) : chance.between(1, 8)
      time.after(wait, () => life.enter(() => listeners.forEach(({ heard }) => heard(text))))
    }
  }
  return wires
}
