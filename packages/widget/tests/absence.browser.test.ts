import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  card,
  eventually,
  expectTexts,
  field,
  launcher,
  liveRegion,
  messages,
  openPanel,
  openStage,
  panel,
  type Stage,
  type Visitor,
  write,
} from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

/** Somebody who has written once, been answered by nobody, and closed the tab. */
async function whoHasLeft(visitor: Visitor): Promise<void> {
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Do you have it in blue?')
  await messages(page).getByText('Sent').waitFor()
  await page.close()
}

const proactive = {
  text: 'Blue is back in stock. Shall we put one aside for you?',
  from: { name: 'Mira' },
  proactive: true,
}

test('a proactive message waits as a card beside the launcher, and never opens the panel by itself', async () => {
  await using visitor = await stage.visitor()
  await whoHasLeft(visitor)
  await stage.beckon.closeConversation(await visitor.conversationId())
  await stage.beckon.sendToContact(await visitor.contactId(), proactive)

  const { page, complaints } = await visitor.tab()
  await card(page).getByText('Blue is back in stock').waitFor()

  expect(await panel(page).count()).toBe(0)
  expect(await launcher(page).getAttribute('aria-label')).toBe('Open chat, 1 unread message')
  await card(page).getByRole('button', { name: 'Reply' }).click()
  await field(page).waitFor()
  await expectTexts(page, ['Do you have it in blue?', proactive.text])
  await write(page, 'Yes please!')
  await expectTexts(page, ['Do you have it in blue?', proactive.text, 'Yes please!'])
  expect(complaints).toEqual([])
})

test('a proactive message reaches an open page at once, as a card', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Just looking')
  await messages(page).getByText('Sent').waitFor()
  await page.keyboard.press('Escape')

  await stage.beckon.sendToContact(await visitor.contactId(), proactive)

  await card(page).waitFor()
  expect(await panel(page).count()).toBe(0)
  expect(await liveRegion(page).textContent()).toBe(`New message from Mira: ${proactive.text}`)
})

test('a card dismissed on one tab is dismissed on every tab, and stays so', async () => {
  await using visitor = await stage.visitor()
  await whoHasLeft(visitor)
  await stage.beckon.sendToContact(await visitor.contactId(), proactive)
  const [first, second] = [await visitor.tab(), await visitor.tab()]
  await Promise.all([card(first.page).waitFor(), card(second.page).waitFor()])

  await card(first.page).getByRole('button', { name: 'Dismiss' }).click()
  await card(first.page).waitFor({ state: 'detached' })
  await card(second.page).waitFor({ state: 'detached' })
  const third = await visitor.tab()
  await eventually(() => launcher(third.page).getAttribute('aria-label')).toBe('Open chat, 1 unread message')

  expect(await card(third.page).count()).toBe(0)
})

test('what is read on one tab is read on the other', async () => {
  await using visitor = await stage.visitor()
  await whoHasLeft(visitor)
  const [first, second] = [await visitor.tab(), await visitor.tab()]
  await stage.beckon.sendToConversation(await visitor.conversationId(), { text: 'Only in green.' })
  for (const { page } of [first, second]) {
    await eventually(() => launcher(page).getAttribute('aria-label')).toBe('Open chat, 1 unread message')
  }

  await first.page.bringToFront()
  await openPanel(first.page)

  await eventually(() => launcher(second.page).getAttribute('aria-label')).toBe('Open chat')
})

test('messages written without a network outlive the page and arrive once, in order', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'online')
  await messages(page).getByText('Sent').waitFor()

  await visitor.context.setOffline(true)
  await panel(page).getByText('You are offline.').waitFor()
  await write(page, 'offline one')
  await write(page, 'offline two')
  await eventually(() => messages(page).getByText('Sending…').count()).toBe(2)
  await page.close()
  await visitor.context.setOffline(false)
  const later = await visitor.tab()
  await openPanel(later.page)

  await expectTexts(later.page, ['online', 'offline one', 'offline two'])
  await messages(later.page).getByText('Sent').waitFor()
  const { entities } = await stage.beckon.listMessages(await visitor.conversationId())
  expect(entities.flatMap((entry) => entry.text ?? [])).toEqual(['online', 'offline one', 'offline two'])
})

test('what was said during a loss of the network is here afterwards, once and in order', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'before')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()

  await visitor.context.setOffline(true)
  await stage.beckon.sendToConversation(conversationId, { text: 'meanwhile one' })
  await stage.beckon.sendToConversation(conversationId, { text: 'meanwhile two' })
  await visitor.context.setOffline(false)

  await expectTexts(page, ['before', 'meanwhile one', 'meanwhile two'])
})

test('a draft is kept when the panel is closed and when the page is left', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await field(page).fill('not finished')
  await page.keyboard.press('Escape')
  await openPanel(page)
  expect(await field(page).inputValue()).toBe('not finished')

  await page.reload()
  await openPanel(page)

  expect(await field(page).inputValue()).toBe('not finished')
})

test('a guest whose session has expired finds the thread and goes on', async () => {
  await using visitor = await stage.visitor({ deployment: { sessionDuration: 'PT2S' } })
  await whoHasLeft(visitor)
  const conversationId = await visitor.conversationId()
  const sessions = async (): Promise<readonly unknown[]> => {
    const { entities } = await stage.beckon.listEvents({
      types: ['session.expired'],
      contactId: await visitor.contactId(),
    })
    return entities
  }
  await eventually(sessions).toHaveLength(1)
  await stage.beckon.sendToConversation(conversationId, { text: 'Still there?' })

  const { page } = await visitor.tab()
  await openPanel(page)
  await expectTexts(page, ['Do you have it in blue?', 'Still there?'])
  await write(page, 'Here again')

  await expectTexts(page, ['Do you have it in blue?', 'Still there?', 'Here again'])
  expect(await visitor.conversationId()).toBe(conversationId)
})

test('signing out leaves nothing of the guest behind', async () => {
  await using visitor = await stage.visitor()
  await whoHasLeft(visitor)
  const { page } = await visitor.tab()
  await openPanel(page)
  await expectTexts(page, ['Do you have it in blue?'])

  await page.evaluate(() => globalThis.Beckon?.('shutdown'))

  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await page.reload()
  await openPanel(page)
  await panel(page).getByText('Hello! Ask us anything.').waitFor()
})

test('a page that the deployment does not allow says so instead of trying for ever', async () => {
  await using visitor = await stage.visitor({ deployment: { allowedDomains: ['shop.example'] } })
  const { page } = await visitor.tab()

  await openPanel(page)

  await panel(page).getByText('Chat is not available on this page.').waitFor()
})
