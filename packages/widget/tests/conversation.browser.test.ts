import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  eventually,
  expectTexts,
  field,
  launcher,
  messages,
  openPanel,
  openStage,
  panel,
  textsOn,
  type Stage,
  write,
} from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('a new visitor fetches the loader and nothing else until the chat is opened', async () => {
  await using visitor = await stage.visitor()
  const { page, fetched, complaints } = await visitor.tab()
  await page.waitForLoadState('networkidle')

  const fromUs = fetched.filter(
    (path) => !['/', '/shop.css', '/shop.js', '/favicon.svg', '/demo/config.json'].includes(path),
  )
  expect(fromUs).toEqual(['/widget/loader.js'])
  await openPanel(page)

  expect(fetched.filter((path) => path.startsWith('/widget/')).length).toBeGreaterThan(1)
  expect(complaints).toEqual([])
})

test('a guest writes, the business answers, and each message says what became of it', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)

  await write(page, 'Where is parcel 77?')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()
  await stage.beckon.markSeen(conversationId, { deliveredSeq: 2 })
  await messages(page).getByText('Delivered').waitFor()
  await stage.beckon.markSeen(conversationId, { seenSeq: 2 })
  await messages(page).getByText('Seen', { exact: true }).waitFor()
  await stage.beckon.sendToConversation(conversationId, { text: 'On its way.', from: { name: 'Mira', kind: 'agent' } })

  await expectTexts(page, ['Where is parcel 77?', 'On its way.'])
  await eventually(() => guestHasSeen(conversationId)).toBe(4)
})

test('somebody who types is shown until the message is here', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Hello?')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()

  await stage.beckon.sendTyping(conversationId, { on: true, from: { name: 'Mira' } })
  await panel(page).getByText('Mira is typing…').waitFor()
  await stage.beckon.sendToConversation(conversationId, { text: 'Hello!', from: { name: 'Mira', kind: 'agent' } })

  await panel(page).getByText('Mira is typing…').waitFor({ state: 'detached' })
})

test('a quick reply is one press, and then it is gone', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Can you wrap it?')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()
  const reply = (text: string, payload: string) => ({ contentType: 'QuickReply' as const, quickReply: { text, payload } })

  await stage.beckon.sendToConversation(conversationId, {
    text: 'As a gift?',
    content: [reply('Yes please', 'yes'), reply('No', 'no')],
  })
  await page.getByRole('group', { name: 'Suggested answers' }).getByRole('button', { name: 'Yes please' }).click()

  await expectTexts(page, ['Can you wrap it?', 'As a gift?', 'Yes please'])
  expect(await page.getByRole('group', { name: 'Suggested answers' }).count()).toBe(0)
  const { entities } = await stage.beckon.listMessages(conversationId)
  expect(JSON.stringify(entities.at(-1)?.content)).toContain('"payload":"yes"')
})

test('nothing that anybody writes becomes HTML, and only harmless addresses become links', async () => {
  await using visitor = await stage.visitor()
  const { page, complaints } = await visitor.tab()
  await openPanel(page)
  const nasty = '<img src=x onerror="document.title=1"><b>bold</b> javascript:alert(1) https://example.com/?a=1&b=<i>'

  await write(page, nasty)
  await messages(page).getByText('Sent').waitFor()
  await stage.beckon.sendToConversation(await visitor.conversationId(), { text: nasty, from: { name: '<u>Mira</u>' } })

  await expectTexts(page, [nasty, nasty])
  const links = page.locator('beckon-messenger .bubble a')
  await eventually(() => links.count()).toBe(2)
  expect(await links.first().getAttribute('href')).toMatch(/^https:\/\/example\.com\//)
  expect(await page.locator('beckon-messenger').locator('img, b, i, u').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('a closed conversation says so, and writing reopens it', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Thanks, bye')
  await messages(page).getByText('Sent').waitFor()

  await stage.beckon.closeConversation(await visitor.conversationId())
  await panel(page).getByText('Closed. Write any time to reopen.').waitFor()
  await write(page, 'One more thing')

  await panel(page).getByText('Conversation reopened').waitFor()
  await panel(page).getByText('Closed. Write any time to reopen.').waitFor({ state: 'detached' })
  await expectTexts(page, ['Thanks, bye', 'One more thing'])
})

test('where a closed conversation is over, writing starts a new one below it', async () => {
  await using visitor = await stage.visitor({ deployment: { guestWritesAfterClose: 'startLinked' } })
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'First matter')
  await messages(page).getByText('Sent').waitFor()
  const first = await visitor.conversationId()

  await stage.beckon.closeConversation(first)
  await panel(page).getByText('Closed. Write to start a new one.').waitFor()
  await write(page, 'Second matter')

  await panel(page).getByText('New conversation').waitFor()
  await expectTexts(page, ['First matter', 'Second matter'])
  expect(await visitor.conversationId()).not.toBe(first)
})

test('a closed conversation that is read-only can be read, and a new one started', async () => {
  await using visitor = await stage.visitor({ deployment: { guestWritesAfterClose: 'readOnly' } })
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Old matter')
  await messages(page).getByText('Sent').waitFor()

  await stage.beckon.closeConversation(await visitor.conversationId())
  await panel(page).getByText('You can still read everything here').waitFor()
  expect(await field(page).count()).toBe(0)
  await panel(page).getByRole('button', { name: 'Start a new one' }).click()
  await field(page).waitFor()
  await write(page, 'New matter')

  await expectTexts(page, ['New matter'])
})

test('a long conversation opens at its end, and the rest comes by going up, without a jump', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'message 1')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()
  for (let at = 2; at <= 120; at += 1) await stage.beckon.sendToConversation(conversationId, { text: `message ${at}` })
  await eventually(() => guestHasSeen(conversationId)).toBeGreaterThan(120)
  await page.reload()
  await openPanel(page)
  await eventually(() => textsOn(page)).toContain('message 120')
  const first = (await textsOn(page))[0] ?? ''

  await page.getByRole('log').press('Home')
  await eventually(() => messages(page).count()).toBe(100)
  expect(await isInView(page, first)).toBe(true)
  await page.getByRole('log').press('Home')
  await eventually(() => messages(page).count()).toBe(120)

  expect(await textsOn(page)).toEqual(Array.from({ length: 120 }, (_, at) => `message ${at + 1}`))
})

test('a line marks what is new, and a button leads to the latest message', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'I will be back')
  await messages(page).getByText('Sent').waitFor()
  await page.keyboard.press('Escape')
  const conversationId = await visitor.conversationId()
  for (let at = 1; at <= 30; at += 1) await stage.beckon.sendToConversation(conversationId, { text: `news ${at}` })
  await eventually(() => launcher(page).getAttribute('aria-label')).toBe('Open chat, 30 unread messages')

  await openPanel(page)
  await panel(page).getByText('New', { exact: true }).waitFor()
  const jump = page.getByRole('button', { name: '30 new messages' })
  await jump.click()

  await jump.waitFor({ state: 'detached' })
  await eventually(() => guestHasSeen(conversationId)).toBeGreaterThan(30)
  await page.keyboard.press('Escape')
  expect(await launcher(page).getAttribute('aria-label')).toBe('Open chat')
})

async function guestHasSeen(conversationId: string): Promise<number> {
  return (await stage.beckon.getConversation(conversationId)).cursors?.guest.seenSeq ?? 0
}

/** Whether the message with this text is where somebody who looks at the thread can see it. */
async function isInView(page: Page, text: string): Promise<boolean> {
  const [log, message] = [page.getByRole('log'), messages(page).getByText(text, { exact: true })]
  const [outer, inner] = await Promise.all([log.boundingBox(), message.boundingBox()])
  return outer !== null && inner !== null && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height
}
