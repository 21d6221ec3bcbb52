import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The parts of the messenger, as a person finds them. */
export const launcher = (page: Page) => page.locator('beckon-messenger .launcher')
export const panel = (page: Page) => page.getByRole('dialog', { name: 'Chat with us' })
export const field = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' })
export const card = (page: Page) => page.getByRole('region', { name: /^Message from/ })
/** The desk's parts. */
export const row = (desk: Page, text: string) => desk.locator('.row', { hasText: text })
export const bubble = (desk: Page, text: string) => desk.locator('.bubble', { hasText: text })

export async function openTab(visitor: BrowserContext, url: string): Promise<Page> {
  const page = await visitor.newPage()
  await page.goto(url)
  await launcher(page).waitFor()
  return page
}

export async function openPanel(page: Page): Promise<void> {
  await launcher(page).click()
  await panel(page).waitFor()
}

export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** Waits until these are the visible texts, each once and in this order. */
export async function expectTexts(page: Page, texts: readonly string[]): Promise<void> {
  await expect.poll(() => page.locator('beckon-messenger .bubble').allInnerTexts(), { timeout: 15_000 }).toEqual(texts)
}
