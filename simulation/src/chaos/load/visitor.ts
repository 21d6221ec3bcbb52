import { setTimeout as pause } from 'node:timers/promises'
import { createGuest, type Guest } from '@beckon/client'
import { createChance } from '../../world/chance.ts'
import type { Actor, Stage } from './actor.ts'
import { knowNodes } from './known-nodes.ts'
import { installation } from './recorded-fetch.ts'
import { recordSockets } from './recorded-sockets.ts'

export interface Visitor extends Actor {
  /** Resolves when the guest has said hello; others can write to this contact from then on. */
  readonly contactId: Promise<string>
  /** Leaves and comes back; resolves when everything that the server has is here and everything written is there. */
  readonly comeBack: () => Promise<void>
  readonly leave: () => void
}

const thinkMs = { least: 40, most: 400 }

/** A guest with the SDK as it comes: reconnecting, resuming and its outbox are the SDK's own. */
export function createVisitor(name: string, at: number, stage: Stage): Visitor {
  const { recorder, tally, deploymentId } = stage
  const chance = createChance(stage.seed, name)
  const guest = createGuest({
    url: installation,
    deploymentId,
    openSocket: recordSockets({ view: name, nodes: knowNodes(stage.urls, at), recorder }),
  })
  const state = { isStopped: false }
  let count = 0

  async function writeOne(): Promise<void> {
    const from = recorder.now()
    count += 1
    try {
      await guest.send(`${name} writes ${count}`).entry
      tally.granted({ of: 'guest', from, until: recorder.now(), givenUp: 0 })
    } catch (error) {
      tally.surprise(`${name}: ${String(error)}`)
    }
  }

  return {
    name,
    contactId: guest.until(({ session }) => session !== undefined).then(({ session }) => session?.contactId ?? ''),
    async work() {
      guest.connect()
      while (!state.isStopped) {
        await writeOne()
        await pause(chance.between(thinkMs.least, thinkMs.most))
      }
    },
    stop() {
      state.isStopped = true
    },
    waitsFor: () => `${name}: ${guest.state().phase}, ${guest.state().pending.length} unsent`,
    comeBack: () => comeBack(guest),
    leave: () => guest.disconnect(),
  }
}

async function comeBack(guest: Guest): Promise<void> {
  guest.disconnect()
  guest.connect()
  await guest.until(({ phase, caughtUp, pending }) => phase === 'live' && caughtUp && pending.length === 0)
}
