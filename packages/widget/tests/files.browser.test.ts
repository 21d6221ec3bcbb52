import { Buffer } from 'node:buffer'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, field, messages, openPanel, openStage, panel, type Stage, type Visitor } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

/** A red dot. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==', 'base64')
const photo = { name: 'parcel.png', mimeType: 'image/png', buffer: png }

const tray = (page: Page) => panel(page).getByRole('list', { name: 'Attach a file' })
const send = (page: Page) => panel(page).getByRole('button', { name: 'Send' })

async function choose(page: Page, file: typeof photo): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await panel(page).getByRole('button', { name: 'Attach a file' }).click()
  await (await choosing).setFiles(file)
}

async function lastFile(visitor: Visitor): Promise<unknown> {
  const { entities } = await stage.beckon.listMessages(await visitor.conversationId())
  return entities.findLast(({ content }) => content !== undefined)?.content?.[0]
}

async function isDrawn(page: Page, name: string): Promise<boolean> {
  return panel(page).getByRole('img', { name }).evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)
}

/** Hands a file to the page as the clipboard or the mouse would. */
async function hand(page: Page, how: 'paste' | 'drop'): Promise<void> {
  const target = how === 'paste' ? field(page) : panel(page)
  await target.evaluate(
    (element, given) => {
      const transfer = new DataTransfer()
      const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.codePointAt(0) ?? 0)
      transfer.items.add(new File([bytes], `${given.how}.png`, { type: 'image/png' }))
      const rest = { bubbles: true, cancelable: true, composed: true }
      element.dispatchEvent(given.how === 'paste' ? new ClipboardEvent('paste', { clipboardData: transfer, ...rest }) : new DragEvent('drop', { dataTransfer: transfer, ...rest }))
    },
    { how, base64: png.toString('base64') },
  )
}

test('a guest chooses a picture, sees it go, and it stands in the thread and in the log', async () => {
  await using visitor = await stage.visitor()
  const { page, complaints } = await visitor.tab()
  await openPanel(page)
  await choose(page, photo)
  await tray(page).getByText('parcel.png').waitFor()
  await eventually(() => send(page).getAttribute('aria-disabled')).toBe('false')

  await field(page).fill('This is how it came')
  await field(page).press('Enter')

  await messages(page).getByText('Sent').waitFor()
  await eventually(() => isDrawn(page, 'parcel.png')).toBe(true)
  await tray(page).waitFor({ state: 'detached' })
  expect(await lastFile(visitor)).toMatchObject({ contentType: 'Attachment', attachment: { filename: 'parcel.png', mime: 'image/png', fileSize: png.length } })
  expect(complaints).toEqual([])
})

test.each(['paste', 'drop'] as const)('a file is also taken by %s, and sent without a word', async (how) => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await panel(page).getByRole('button', { name: 'Attach a file' }).waitFor()

  await hand(page, how)
  await tray(page).getByText(`${how}.png`).waitFor()
  await eventually(() => send(page).getAttribute('aria-disabled')).toBe('false')
  await field(page).press('Enter')

  await eventually(() => isDrawn(page, `${how}.png`)).toBe(true)
})

test('a file that is not what it says is refused in words, may be taken off, and keeps nobody from writing', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await choose(page, { ...photo, name: 'fake.png', buffer: Buffer.from('this is no picture') })

  await tray(page).getByRole('alert').getByText('This kind of file cannot be sent.').waitFor()
  const { violations } = await new AxeBuilder({ page }).include('beckon-messenger').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await tray(page).getByRole('button', { name: 'Remove fake.png' }).click()

  await tray(page).waitFor({ state: 'detached' })
  await field(page).fill('Then without')
  await field(page).press('Enter')
  await messages(page).getByText('Sent').waitFor()
})

test('an upload that breaks is tried again by the guest', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  let broken = 0
  await page.route('**/attachments/*', (route) => (route.request().method() === 'PUT' && broken++ === 0 ? route.abort() : route.continue()))
  await openPanel(page)
  await choose(page, photo)
  await tray(page).getByRole('alert').getByText('Upload failed.').waitFor()

  await tray(page).getByRole('button', { name: 'Retry' }).click()

  await eventually(() => send(page).getAttribute('aria-disabled')).toBe('false')
})

test('a file of the business is shown by its name, and opens in a window of its own', async () => {
  await using visitor = await stage.visitor()
  const { page } = await visitor.tab()
  await openPanel(page)
  await field(page).fill('Hello')
  await field(page).press('Enter')
  await messages(page).getByText('Sent').waitFor()
  const conversationId = await visitor.conversationId()
  const body = new Blob(['%PDF-1.7 a label'])
  const { id } = await stage.beckon.uploadAttachment(conversationId, { fileName: 'label.pdf', fileType: 'application/pdf', body })
  await stage.beckon.sendToConversation(conversationId, { content: [{ contentType: 'Attachment', attachment: { id } }] })

  const downloading = page.context().waitForEvent('page').then((opened) => opened.waitForEvent('download'))
  await panel(page).getByRole('link', { name: /label\.pdf/ }).click()

  expect((await downloading).suggestedFilename()).toBe('label.pdf')
})

test('no file is offered where the deployment takes none', async () => {
  await using visitor = await stage.visitor({ deployment: { fileUpload: { enabled: false } } })
  const { page } = await visitor.tab()
  await openPanel(page)
  await field(page).fill('Hello')
  await field(page).press('Enter')
  await messages(page).getByText('Sent').waitFor()

  expect(await panel(page).getByRole('button', { name: 'Attach a file' }).count()).toBe(0)
})
