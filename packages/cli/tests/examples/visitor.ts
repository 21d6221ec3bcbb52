import { createGuest, type Guest } from '@beckon/client'
import { expect } from 'vitest'
import type { StartedServer } from './started-server.ts'

/** Somebody who has written in the chat, and the ids that a business keeps of them. */
export interface Visitor {
  readonly guest: Guest
  readonly contactId: string
  readonly conversationId: string
  readonly sessionId: string
}

export const question = 'Where is parcel 77?'

/** Has the page open, and has asked. */
export async function aVisitor({ env, deploymentId }: StartedServer): Promise<Visitor> {
  const guest = createGuest({ url: env.BECKON_URL, deploymentId })
  guest.connect()
  const { conversationId } = await guest.send(question).entry
  const { session } = await guest.until((state) => state.session !== undefined && state.conversation !== undefined)
  return { guest, conversationId, contactId: session?.contactId ?? '', sessionId: session?.sessionId ?? '' }
}

/** Resolves when the server has noticed. */
export async function closeTab({ beckon }: StartedServer, { guest, conversationId }: Visitor): Promise<void> {
  guest.disconnect()
  await expect.poll(async () => (await beckon.getConversation(conversationId)).presence.connections).toBe(0)
}

/** What a visitor who opens the page again finds: the whole conversation, line by line. */
export async function linesOnReturn({ guest }: Visitor): Promise<readonly string[]> {
  guest.connect()
  const { threads } = await guest.until((state) => state.phase === 'live' && state.caughtUp)
  guest.disconnect()
  return threads.flatMap(({ entries }) => entries.map((entry) => entry.event ?? entry.text))
}
