import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage } from './stage.ts'
import type { Page } from 'playwright-core'
import type { Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

const row = (page: Page, text: string) => page.locator('.row', { hasText: text })
const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text })

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test('a guest writes, an agent reads and answers by keyboard, and both see it at once', async () => {
  const { page, complaints } = await stage.desk()
  const guest = await stage.guest('Where is my kettle?')

  await row(page, 'Where is my kettle?').waitFor()
  await page.keyboard.press('j')
  await bubble(page, 'Where is my kettle?').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('On its way')
  await page.keyboard.press('Control+Enter')

  await bubble(page, 'On its way').waitFor()
  await guest.until(({ threads }) => threads.at(-1)?.entries.at(-1)?.text === 'On its way')
  guest.markSeen()
  await page.locator('.fate', { hasText: 'Seen' }).waitFor()
  expect(complaints).toEqual([])
})

test('the newest message stays in sight when there is less room for it', async () => {
  const { page } = await stage.desk()
  const guest = await stage.guest('line 1')
  for (let line = 2; line <= 30; line += 1) await guest.send(`line ${String(line)}`).entry
  await row(page, 'line 30').click()
  await bubble(page, 'line 30').waitFor()

  await page.setViewportSize({ width: 1200, height: 500 })

  await expect.poll(() => page.locator('.scroller').evaluate(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop)).toBeLessThan(2)
})

test('text of a guest is text, whatever it looks like', async () => {
  const text = '<img src=x onerror="document.title=1"><b>bold</b>\u202Ekcab'
  const { page, complaints } = await stage.desk()
  await stage.guest(text)

  await row(page, '<b>bold</b>').click()

  expect(await bubble(page, '<b>bold</b>').textContent()).toBe(text)
  expect(await page.title()).toBe('Beckon desk')
  expect(complaints).toEqual([])
})

test('a closed conversation leaves the inbox; reaching out again says first what will happen', async () => {
  const { page } = await stage.desk()
  const guest = await stage.guest('Thank you, bye')
  await row(page, 'Thank you, bye').click()

  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.locator('.state.closed').waitFor()
  await row(page, 'Thank you, bye').waitFor({ state: 'detached' })
  await page.locator('#plan', { hasText: /^Closed .* → reopens; 1 tab open now$/ }).waitFor()
  guest.disconnect()
  await page.locator('#plan', { hasText: /nobody there now: waits for their return$/ }).waitFor()
  await page.locator('#reply').fill('We forgot your voucher')
  await page.getByRole('button', { name: 'Send' }).click()

  await bubble(page, 'We forgot your voucher').waitFor()
  await page.locator('.state.open').waitFor()
  await page.locator('.fate', { hasText: 'Sent' }).click()
  await page.locator('.report', { hasText: 'waits for their return' }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('a message for later is listed beside the person and can be cancelled', async () => {
  const { page } = await stage.desk()
  await stage.guest('Later please')
  await row(page, 'Later please').click()
  await page.getByRole('button', { name: 'Later…' }).click()

  await page.getByLabel('Send later, at').fill('2030-01-05T09:00')
  await page.locator('#plan', { hasText: 'goes out' }).waitFor()
  await page.locator('#reply').fill('How is the kettle?')
  await page.getByRole('button', { name: 'Schedule' }).click()
  const scheduled = page.locator('.scheduled li', { hasText: 'How is the kettle?' })
  await scheduled.filter({ hasText: 'unless they reply' }).waitFor()
  await scheduled.getByRole('button', { name: 'Cancel' }).click()

  await scheduled.waitFor({ state: 'detached' })
})

test('somebody without a conversation is found and reached, and waits among the quiet ones', async () => {
  const { page } = await stage.desk()
  await stage.beckon.createContact({ name: 'Zelda Quiet', externalId: 'crm-77' })

  await page.keyboard.press('n')
  await page.getByPlaceholder('Name, e-mail or your own id').fill('zelda')
  await page.getByRole('button', { name: /Zelda Quiet/ }).click()
  await page.locator('#letter-plan', { hasText: 'No conversation yet → starts one, quietly' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Message', { exact: true }).fill('We have news')
  await page.getByRole('button', { name: 'Send' }).click()
  await bubble(page, 'We have news').waitFor()
  await page.getByRole('button', { name: 'Quiet' }).click()

  await row(page, 'Zelda Quiet').waitFor()
})

test('what happened while the network was cut is there afterwards, once', async () => {
  const { page } = await stage.desk()
  const guest = await stage.guest('before the cut')
  await row(page, 'before the cut').click()
  await bubble(page, 'before the cut').waitFor()

  await page.context().setOffline(true)
  await page.evaluate(() => dispatchEvent(new Event('offline')))
  await guest.send('during the cut, one').entry
  await guest.send('during the cut, two').entry
  await page.context().setOffline(false)
  await guest.send('after the cut').entry

  await bubble(page, 'after the cut').waitFor()
  const texts = await page.locator('.bubble').allTextContents()
  expect(texts).toEqual(['before the cut', 'during the cut, one', 'during the cut, two', 'after the cut'])
})

test('a link to a conversation shows the same to whoever signs in, and a draft outlives the page', async () => {
  await stage.guest('Linked')
  const [linked] = (await stage.beckon.listConversations({ q: 'Linked', pageSize: 1 })).entities
  const { page } = await stage.desk(`?view=all&conversation=${linked?.id ?? ''}`)
  await page.locator('#reply').fill('Half a sent')

  await page.reload()

  await bubble(page, 'Linked').waitFor()
  expect(await page.locator('#reply').inputValue()).toBe('Half a sent')
})

test.for(['light', 'dark'] as const)('the desk has no accessibility violations in %s', async (colorScheme) => {
  const { page, complaints } = await stage.desk('?view=all')
  await page.emulateMedia({ colorScheme })
  await page.locator('.row').first().waitFor()
  expect(await violations(page)).toEqual([])

  await page.locator('.row').first().click()
  await page.locator('.bubble').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()

  expect(await violations(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a wrong password says so, and nothing about which part is wrong', async () => {
  const page = await (await stage.browser.newContext()).newPage()
  await page.goto(`${stage.url}/desk`)
  await page.getByLabel('Name').fill('admin')
  await page.getByLabel('Password').fill('not the password')

  await page.getByRole('button', { name: 'Sign in' }).click()

  await page.locator('.failure', { hasText: /\S/ }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('what guests see as cards stands in the log in words, and what their page said stands beside the person', async () => {
  const { page } = await stage.desk()
  const { deploymentId } = JSON.parse(await (await fetch(`${stage.url}/demo/config.json`)).text())
  const socket = new WebSocket(`${stage.url.replace('http', 'ws')}/v1?deploymentId=${deploymentId}`)
  const token = crypto.randomUUID()
  const heard = (name: string) => new Promise<void>((resolve) => socket.addEventListener('message', ({ data }) => String(data).includes(name) && resolve()))
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  socket.send(JSON.stringify({ action: 'configureSession', token, deploymentId }))
  await heard('SessionResponse')
  socket.send(JSON.stringify({ action: 'onMessage', token, message: { type: 'Text', text: 'Cards please', channel: { metadata: { customAttributes: { tier: 'gold' } } } } }))

  await row(page, 'Cards please').click()
  await page.getByRole('complementary', { name: 'About the guest' }).getByText('gold').waitFor()
  const { entities } = await stage.beckon.listConversations({ q: 'Cards please' })
  await stage.beckon.sendToConversation(String(entities[0]?.id), { content: [{ contentType: 'Card', card: { title: 'Copper kettle', actions: [{ type: 'Link', text: 'Look', url: 'https://shop.example/kettle' }] } }] })
  socket.close()

  await bubble(page, 'Copper kettle').waitFor()
  expect(await bubble(page, 'Copper kettle').textContent()).toContain('Look: https://shop.example/kettle')
  expect(await violations(page)).toEqual([])
})
