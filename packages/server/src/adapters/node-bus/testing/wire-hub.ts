import { milliseconds, type Duration } from '@beckon/core'
import type { FakeTimers } from '@beckon/core/testing'
import type { Wire, WireListener } from '../../wire/wire.ts'

/** What becomes of a message on its way to one node: how late each of its copies arrives. None: lost. */
export type Fate = () => readonly Duration[]

const atOnce: Fate = () => [milliseconds(0)]

/** The wires of some nodes, in one process and on a clock that tests move. */
export interface WireHub {
  fate: Fate
  join(node: string, maxBytes?: number): TestWire
}

export interface TestWire extends Wire {
  /** What this node has sent. */
  readonly sent: readonly string[]
  goDown(): void
  comeUp(): void
  /** Says something as if another had sent it. */
  say(text: string): void
}

export function createWireHub(timers: FakeTimers): WireHub {
  const members = new Map<string, { readonly listeners: Set<WireListener>; isUp: boolean }>()
  const hub: WireHub = {
    fate: atOnce,
    join(node, maxBytes = 1_000_000) {
      const self = { listeners: new Set<WireListener>(), isUp: true }
      const sent: string[] = []
      members.set(node, self)
      return {
        sent, maxBytes,
        get isUp() {
          return self.isUp
        },
        send(text, to) {
          if (!self.isUp) return false
          sent.push(text)
          for (const [name, other] of members) {
            if (other === self || (to !== undefined && to !== name)) continue
            for (const wait of hub.fate()) timers.after(wait, () => hear(other, text))
          }
          return true
        },
        subscribe(listener) {
          self.listeners.add(listener)
          return () => void self.listeners.delete(listener)
        },
        goDown() {
          self.isUp = false
        },
        comeUp() {
          self.isUp = true
          for (const { up } of self.listeners) up?.()
        },
        say: (text) => hear(self, text),
        async [Symbol.asyncDispose]() {
          members.delete(node)
        },
      }
    },
  }
  return hub
}

function hear({ listeners, isUp }: { readonly listeners: ReadonlySet<WireListener>; readonly isUp: boolean }, text: string): void {
  if (isUp) for (const { heard } of listeners) heard(text)
}
