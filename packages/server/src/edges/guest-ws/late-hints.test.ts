import { must, type Hint } from '@beckon/core'
import { expect, test } from 'vitest'
import { openGuestEdge } from './testing/guest-edge.ts'

test('a hint that comes late or again does not undo what a page knows already', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure({ beckon: { version: 1 } })
  await guest.say('hello')
  const conversation = await edge.conversationOf(guest)
  const whileOpen = must(edge.world.bus.heard.findLast((hint: Hint) => hint.kind === 'committed' && hint.batch.some(({ conversations }) => conversations.length > 0)), 'the thread was told of')
  await edge.close(conversation.id)
  await guest.settle()
  const framesBefore = guest.frames.length

  edge.world.bus.publish(whileOpen)
  await guest.settle()

  const statuses = guest.frames.slice(framesBefore).flatMap(({ class: kind, body }) => (kind === 'Conversation' ? [body['status']] : []))
  expect(statuses).not.toContain('open')
})
