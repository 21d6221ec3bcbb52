import { setTimeout as sleep } from 'node:timers/promises'
import { must } from '../must.ts'
import type { BeckonGuest, GuestMemory } from './beckon-guest.ts'
import { connectBeckonGuest, createGuestMemory } from './beckon-guest.ts'
import type { BeckonTarget } from './driver.ts'

/** A guest who comes back whenever the connection is lost, to the next node, and takes up where it was. */
export interface ReturningGuest extends Disposable {
  readonly memory: GuestMemory
}

const PAUSE_MILLIS = 100
const PATIENCE_MILLIS = 3000

/** Resolves when the guest is connected and has chatted, however long that takes. */
export async function openReturningGuest(target: BeckonTarget, index: number, onReceived: (text: string, seq: number) => void): Promise<ReturningGuest> {
  const memory = createGuestMemory()
  let turn = index
  let link: BeckonGuest | undefined
  const life = { isOver: false }
  const connect = async (): Promise<BeckonGuest> => {
    const url = must(target.urls[turn % target.urls.length], 'a node')
    turn += 1
    const lost = Promise.withResolvers<never>()
    let isConnected = false
    const connected = await Promise.race([
      lost.promise,
      sleep(PATIENCE_MILLIS).then(() => { throw new Error('a node does not answer') }),
      connectBeckonGuest({ url, deploymentId: target.deploymentId }, memory, { onReceived, onLost: () => {
        if (isConnected) void comeBack()
        else lost.reject(new Error('a node has closed a socket'))
      } }),
    ])
    isConnected = true
    return connected
  }
  const comeBack = async (): Promise<void> => {
    while (!life.isOver) {
      try {
        link = await connect()
        return
      } catch {
        await sleep(PAUSE_MILLIS)
      }
    }
  }
  await comeBack()
  while (memory.conversationId === undefined) await Promise.race([link?.send('the first message starts the conversation'), sleep(PATIENCE_MILLIS)])
  return {
    memory,
    [Symbol.dispose]: () => {
      life.isOver = true
      link?.drop()
    },
  }
}
