import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
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

/** What axe has to say about the messenger and the shop around it: rule, and the elements concerned. */
async function barriersOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${JSON.stringify(node.target)}`))
}

/** A conversation with something of everything in it. */
async function livelyPanel(visitor: Visitor): Promise<Page> {
  const { page } = await visitor.tab()
  await openPanel(page)
  await write(page, 'See https://example.com and tell me')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()
  const content = [{ contentType: 'QuickReply' as const, quickReply: { text: 'Good', payload: 'good' } }]
  await stage.beckon.sendToConversation(conversationId, {
    text: 'How is it? https://example.com/care',
    from: { name: 'Mira', kind: 'agent' },
    content,
  })
  await page.getByRole('button', { name: 'Good' }).waitFor()
  return page
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

for (const [name, options] of [
  ['in light', {}],
  ['in the dark', { colorScheme: 'dark' as const }],
  ['on a phone', phone],
  ['with forced colours', { forcedColors: 'active' as const }],
] as const) {
  test(`there is no barrier ${name}: shop, launcher, panel, closed conversation, card`, async () => {
    await using visitor = await stage.visitor({ ...options, reducedMotion: 'reduce' })
    const page = await livelyPanel(visitor)
    expect(await barriersOn(page)).toEqual([])

    await stage.beckon.closeConversation(await visitor.conversationId())
    await panel(page).getByText('Closed. Write any time to reopen.').waitFor()
    expect(await barriersOn(page)).toEqual([])

    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    await stage.beckon.sendToContact(await visitor.contactId(), {
      text: 'Come back?',
      from: { name: 'Mira' },
      proactive: true,
    })
    await card(page).waitFor()
    expect(await barriersOn(page)).toEqual([])
  })
}

for (const color of ['#ffe600', '#9ad3ff', '#7a7a7a', '#101010', '#e4572e']) {
  test(`the brand colour ${color} is corrected until it can be read`, async () => {
    await using visitor = await stage.visitor({
      deployment: { looks: { title: 'Kiln & Quarry', primaryColor: color } },
      reducedMotion: 'reduce',
    })
    // The page's own colour would win over the deployment's.
    await visitor.context.addInitScript(() => {
      new MutationObserver(() => document.querySelector('script[data-color]')?.removeAttribute('data-color')).observe(
        document,
        { childList: true, subtree: true },
      )
    })
    const page = await livelyPanel(visitor)

    expect(await barriersOn(page)).toEqual([])
  })
}

test('everything can be done with the keyboard alone', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await launcher(page).focus()
  await page.keyboard.press('Enter')
  await field(page).waitFor()
  expect(await focusedLabel(page)).toBe('Write a message…')

  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await page.keyboard.press('Enter')
  await expectTexts(page, ['First line\nsecond line'])
  await page.keyboard.press('Shift+Tab')
  expect(await focusedLabel(page)).toBe('Attach a file')
  await page.keyboard.press('Shift+Tab')
  expect(await focusedLabel(page)).toBe('Messages')
  await page.keyboard.press('Shift+Tab')
  expect(await focusedLabel(page)).toBe('Close chat')
  await page.keyboard.press('Escape')

  await panel(page).waitFor({ state: 'detached' })
  expect(await focusedLabel(page)).toBe('Open chat')
})

test('the launcher tells what it does, and whether it has done it', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  const button = page.getByRole('button', { name: 'Open chat' })
  expect(await button.getAttribute('aria-expanded')).toBe('false')
  const controlled = await button.getAttribute('aria-controls')

  await button.click()
  await panel(page).waitFor()

  expect(await panel(page).getAttribute('id')).toBe(controlled)
  expect(await panel(page).getAttribute('aria-modal')).toBe('false')
  expect(await page.getByRole('button', { name: 'Close chat', expanded: true }).count()).toBe(1)
})

test('one polite live region speaks the new message and nothing else', async () => {
  await using visitor = await stage.visitor()
  const page = await livelyPanel(visitor)
  expect(await liveRegion(page).count()).toBe(1)
  expect(await liveRegion(page).textContent()).toBe('New message from Mira: How is it? https://example.com/care')

  await stage.beckon.sendToConversation(await visitor.conversationId(), {
    text: 'Tell me.',
    from: { name: 'Mira', kind: 'agent' },
  })

  await eventually(() => liveRegion(page).textContent()).toBe('New message from Mira: Tell me.')
  expect(await page.getByRole('log').getAttribute('aria-live')).toBe('off')
})

test('the focus is never lost: not after a quick reply, not when the place to write goes away', async () => {
  await using visitor = await stage.visitor({ deployment: { guestWritesAfterClose: 'readOnly' } })
  const page = await livelyPanel(visitor)

  await page.getByRole('button', { name: 'Good' }).press('Enter')
  await expectTexts(page, ['See https://example.com and tell me', 'How is it? https://example.com/care', 'Good'])
  expect(await focusedLabel(page)).toBe('Write a message…')
  await stage.beckon.closeConversation(await visitor.conversationId())
  await panel(page).getByText('You can still read everything here').waitFor()
  await eventually(() => focusedLabel(page)).toBe('Kiln & Quarry')
  await page.keyboard.press('Escape')

  await panel(page).waitFor({ state: 'detached' })
  expect(await focusedLabel(page)).toBe('Open chat')
})

test('on a phone the panel covers the screen, keeps the focus inside and lets the page rest', async () => {
  await using visitor = await stage.visitor(phone)
  const page = await livelyPanel(visitor)

  await eventually(() => panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
  expect(await panel(page).getAttribute('aria-modal')).toBe('true')
  expect(await field(page).evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px')
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab')
    expect(await panel(page).evaluate((element) => element.matches(':focus-within'))).toBe(true)
  }
  await page.getByRole('button', { name: 'Close chat' }).tap()
  await panel(page).waitFor({ state: 'detached' })
})

test('everything that can be pressed is at least 24 pixels wide and high', async () => {
  await using visitor = await stage.visitor()
  const page = await livelyPanel(visitor)

  const boxes = await page
    .locator('beckon-messenger button')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON()))

  expect(boxes.length).toBeGreaterThan(3)
  expect(boxes.filter(({ width, height }) => width < 24 || height < 24)).toEqual([])
})

test('Enter that ends a word of an input method does not send', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await field(page).fill('にほん')

  await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  await field(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })

  expect(await field(page).inputValue()).toBe('にほん')
  expect(await messages(page).count()).toBe(0)
})

test('a page in Arabic gets a mirrored messenger that speaks Arabic', async () => {
  await using visitor = await stage.visitor()
  await visitor.context.addInitScript(() => {
    new MutationObserver(() => document.documentElement?.setAttribute('lang', 'ar')).observe(document, {
      childList: true,
      subtree: true,
    })
  })
  const { page } = await visitor.tab()
  await launcher(page).click()

  await page.getByRole('textbox', { name: 'اكتب رسالة…' }).waitFor()

  expect(await page.locator('beckon-messenger').getAttribute('dir')).toBe('rtl')
  expect(await launcher(page).getAttribute('aria-label')).toBe('إغلاق المحادثة')
  expect(await barriersOn(page)).toEqual([])
})

function focusedLabel(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() =>
    document.querySelector('beckon-messenger')?.shadowRoot?.activeElement?.getAttribute('aria-label'),
  )
}
