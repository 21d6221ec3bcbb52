import { AxeBuilder } from '@axe-core/playwright'
import type { Beckon } from '@beckon/client'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, messages, openPanel, openStage, panel, write, type Stage, type Visitor } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

type Content = NonNullable<Parameters<Beckon['sendToConversation']>[1]['content']>

async function shown(visitor: Visitor, content: Content): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const { page, complaints } = await visitor.tab()
  await openPanel(page)
  await write(page, 'Show me')
  await messages(page).getByText('Sent').waitFor()
  await stage.beckon.sendToConversation(await visitor.conversationId(), { content })
  await panel(page).locator('.rich').waitFor()
  return { page, complaints }
}

/** What the business got of the guest's last message. */
async function lastAnswer(visitor: Visitor): Promise<{ readonly text: string | undefined; readonly content: string }> {
  const { entities } = await stage.beckon.listMessages(await visitor.conversationId())
  const last = entities.findLast(({ direction, kind }) => direction === 'inbound' && kind === 'message')
  return { text: last?.text, content: JSON.stringify(last?.content ?? '') }
}

async function barriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include('beckon-messenger').analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const shirt = {
  title: 'Blue shirt',
  description: 'Cotton',
  actions: [
    { type: 'Link' as const, text: 'Look', url: 'https://shop.example/shirt' },
    { type: 'Postback' as const, text: 'Take it', payload: 'take:1' },
  ],
}

test('the buttons of a card lead away or say what they say, as often as one likes', async () => {
  await using visitor = await stage.visitor()
  const { page, complaints } = await shown(visitor, [{ contentType: 'Card', card: shirt }])

  expect(await panel(page).getByRole('link', { name: 'Look' }).getAttribute('href')).toBe('https://shop.example/shirt')
  await panel(page).getByRole('button', { name: 'Take it' }).click()

  await eventually(() => lastAnswer(visitor)).toMatchObject({ text: 'Take it', content: expect.stringContaining('"payload":"take:1"') })
  expect(await panel(page).getByRole('button', { name: 'Take it' }).isEnabled()).toBe(true)
  expect(complaints).toEqual([])
})

test('a carousel is a list of cards, without barriers', async () => {
  await using visitor = await stage.visitor()
  const { page } = await shown(visitor, [{ contentType: 'Carousel', carousel: { cards: [shirt, { ...shirt, title: 'Red shirt' }] } }])

  expect(await panel(page).locator('.carousel').getByRole('listitem').count()).toBe(2)
  expect(await barriers(page)).toEqual([])
})

test('one time is chosen, in the guest’s own words, and then no other can be', async () => {
  await using visitor = await stage.visitor({ timezoneId: 'Europe/Amsterdam' })
  const availableTimes = ['2026-03-05T10:00:00Z', '2026-03-05T09:00:00Z'].map((dateTime) => ({ dateTime, duration: 1800 }))
  const { page } = await shown(visitor, [{ contentType: 'DatePicker', datePicker: { title: 'When?', availableTimes } }])
  const times = panel(page).getByRole('group', { name: 'When?' }).getByRole('button')

  expect(await times.allInnerTexts()).toEqual([expect.stringMatching(/^Thu, Mar 5, 10:00/), expect.stringMatching(/^Thu, Mar 5, 11:00/)])
  await times.first().click()

  await eventually(() => lastAnswer(visitor)).toMatchObject({ text: expect.stringMatching(/^Thu, Mar 5, 10:00/), content: expect.stringContaining('"payload":"2026-03-05T09:00:00Z"') })
  await eventually(() => times.last().isDisabled()).toBe(true)
  expect(await barriers(page)).toEqual([])
})

test('several items of a list are chosen by keyboard, and sent together once', async () => {
  await using visitor = await stage.visitor()
  const sections = [
    { title: 'Size', multipleSelection: false, items: [{ id: 's', title: 'Small' }, { id: 'l', title: 'Large', subtitle: 'Loose' }] },
    { title: 'Colours', multipleSelection: true, items: [{ id: 'b', title: 'Blue' }, { id: 'r', title: 'Red' }] },
  ]
  const { page } = await shown(visitor, [{ contentType: 'ListPicker', listPicker: { receivedMessage: { title: 'Your shirt' }, sections } }])
  const list = panel(page).locator('.rich')
  expect(await barriers(page)).toEqual([])

  await list.getByRole('radio', { name: 'Small' }).focus()
  await page.keyboard.press('Space')
  await list.getByRole('checkbox', { name: 'Blue' }).focus()
  await page.keyboard.press('Space')
  await list.getByRole('button', { name: 'Send' }).press('Enter')

  await eventually(() => lastAnswer(visitor)).toMatchObject({ text: 'Small, Blue', content: expect.stringMatching(/"payload":"s".*"payload":"b"/) })
  await eventually(() => list.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
})

test('a form is sent when what it needs is filled in, and not before', async () => {
  await using visitor = await stage.visitor()
  const pageComponents = [
    { formComponentType: 'Input' as const, input: { id: 'name', title: 'Name', isRequired: true, isMultipleLine: false } },
    { formComponentType: 'DatePicker' as const, datePicker: { id: 'day', title: 'Day' } },
    { formComponentType: 'WheelPicker' as const, wheelPicker: { id: 'hour', items: [{ id: '9', title: 'Nine' }] } },
  ]
  const { page } = await shown(visitor, [{ contentType: 'Form', form: { cannedResponseId: 'f1', formPages: [{ title: 'You', pageComponents }] } }])
  const form = panel(page).locator('.rich')
  expect(await barriers(page)).toEqual([])

  await form.getByRole('button', { name: 'Send' }).click()
  const early = await lastAnswer(visitor)
  await form.getByLabel('Name').fill('Ada')
  await form.getByLabel('Day').fill('2026-03-05')
  await form.getByRole('button', { name: 'Send' }).click()

  await eventually(async () => (await lastAnswer(visitor)).content).toContain('"id":"name"')
  const { text, content } = await lastAnswer(visitor)
  expect(early.text).toBe('Show me')
  expect(text).toContain('Name: Ada')
  expect(content).toContain('"payload":"2026-03-05T00:00:00.000Z"')
  expect(content).toContain('"cannedResponseId":"f1"')
  expect(content).not.toContain('"id":"hour"')
})
