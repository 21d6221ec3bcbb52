import type { Reader } from '@beckon/core'
import { expect, test } from 'vitest'
import { openGuestEdge } from './testing/guest-edge.ts'

/** Holds back every read of a log until it is let go: a store that takes its time. */
function holdBack(store: Reader): { readonly isAsked: Promise<void>; readonly letGo: () => void } {
  const asked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const entries = store.entries.bind(store)
  const slowly: Reader['entries'] = async (...range) => {
    asked.resolve()
    await release.promise
    return entries(...range)
  }
  Object.assign(store, { entries: slowly })
  return { isAsked: asked.promise, letGo: release.resolve }
}

test('what becomes of a conversation while a returning guest reads it is told when they have read it', async () => {
  await using edge = await openGuestEdge()
  const before = await edge.guest()
  await before.configure()
  const hello = await before.say('hello')
  before.socket.terminate()
  await edge.isEmpty()
  const conversation = await edge.conversationOf(before)
  const { isAsked, letGo } = holdBack(edge.world.store)

  const back = await edge.guest({ token: before.token })
  await back.configure({ beckon: { version: 1 } })
  await isAsked
  await edge.close(conversation.id)
  letGo()
  const told = await back.next('Conversation')

  expect(hello.code).toBe(200)
  expect(told.body).toMatchObject({ id: conversation.id, status: 'closed' })
  const read = back.frames.flatMap(({ class: kind, body }) => (kind === 'History' && Array.isArray(body['entities']) ? body['entities'] : []))
  expect(read.map((entry) => entry.seq)).toEqual(read.map((_, index) => index + 1))
  expect(read).toHaveLength(conversation.lastSeq + 1)
})
