import { randomUUID } from 'node:crypto'
import { BeckonRefusal, createBeckon, type Beckon } from '@beckon/client'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runProgram } from './rig/program.ts'
import { bubble, card, expectTexts, field, launcher, openPanel, openTab, panel, row, write } from './rig/shop-page.ts'
import { openShop, type Shop } from './rig/shop.ts'

let shop: Shop
let beckon: Beckon
let beginning: string

beforeAll(async () => {
  shop = await openShop()
  beckon = shop.beckon
  beginning = (await beckon.listEvents({ after: 'latest' })).cursor
})
afterAll(() => shop[Symbol.asyncDispose]())
beforeEach(() => sessionsLast('P3D'))

const proactive = { text: 'Blue is back in stock. Shall we put one aside?', from: { name: 'Mira' }, proactive: true }

async function sessionsLast(sessionDuration: string): Promise<void> {
  await beckon.updateDeployment(shop.deploymentId, { sessionDuration }, { ifMatch: '*' })
}

/** What a backend keeps of a conversation: two ids. */
interface Kept {
  readonly contactId: string
  readonly conversationId: string
}

/** The ids of the conversation in which this was said, as an integration learns them: from the event feed. */
async function idsFromFeed(text: string): Promise<Kept> {
  for await (const event of beckon.events({ after: beginning, types: ['message.created'] })) {
    if (event.type !== 'message.created' || event.data.message.text !== text) continue
    return { contactId: String(event.contactId), conversationId: String(event.conversationId) }
  }
  throw new Error('the feed ended')
}

/** Somebody chats and the business closes the conversation; the tab stays open. */
async function whoWasHelped(visitor: BrowserContext): Promise<Kept & { readonly page: Page; readonly question: string }> {
  const question = `Do you have it in blue? (${randomUUID().slice(0, 8)})`
  const page = await openTab(visitor, shop.network.url)
  await openPanel(page)
  await write(page, question)
  await page.locator('beckon-messenger .message').getByText('Sent').waitFor()
  const kept = await idsFromFeed(question)
  await beckon.sendToConversation(kept.conversationId, { text: 'Not now, sorry.', from: { name: 'Mira', kind: 'agent' } })
  await beckon.closeConversation(kept.conversationId)
  await panel(page).getByText('Closed. Write any time to reopen.').waitFor()
  return { ...kept, page, question }
}

async function textsIn(conversationId: string): Promise<readonly string[]> {
  const { entities } = await beckon.listMessages(conversationId)
  expect(entities.map((entry) => entry.seq)).toEqual(entities.map((_, index) => index + 1))
  return entities.flatMap((entry) => entry.text ?? [])
}

async function hasSeenAll(conversationId: string): Promise<boolean> {
  const { cursors, lastSeq } = await beckon.getConversation(conversationId)
  return cursors?.guest.seenSeq === lastSeq
}

async function untilSessionExpired(contactId: string): Promise<void> {
  await expect.poll(async () => (await beckon.getReachability(contactId)).found?.session, { timeout: 20_000 }).toBe('expired')
}

test('what was printed is there: the shop, the desk, the documentation', async () => {
  const { printed } = shop

  const statuses = await Promise.all([printed.shop, printed.desk, printed.docs].map(async (url) => (await fetch(url)).status))

  expect(statuses).toEqual([200, 200, 200])
})

test('a visitor who has left a closed conversation, and whose session has expired, is reached with nothing but the ids that were kept', async () => {
  await sessionsLast('PT3S')
  await using visitor = await shop.visitor()
  const desk = await shop.agent()

  const page = await openTab(visitor, shop.network.url)
  await openPanel(page)
  await write(page, 'Where is parcel 77?')
  await row(desk, 'Where is parcel 77?').click()
  await bubble(desk, 'Where is parcel 77?').waitFor()
  await desk.locator('#reply').fill('It left this morning.')
  await desk.getByRole('button', { name: 'Send', exact: true }).click()
  await expectTexts(page, ['Where is parcel 77?', 'It left this morning.'])
  const { contactId, conversationId } = await idsFromFeed('Where is parcel 77?')
  await expect.poll(() => hasSeenAll(conversationId)).toBe(true)

  await beckon.closeConversation(conversationId)
  await panel(page).getByText('Closed. Write any time to reopen.').waitFor()
  await page.close()
  await untilSessionExpired(contactId)

  const laterProgram = createBeckon({ url: new URL(shop.printed.shop).origin, clientId: shop.printed.clientId, clientSecret: shop.printed.clientSecret })
  const sent = await laterProgram.sendToConversation(conversationId, proactive)
  expect(sent).toMatchObject({
    contactId, conversationId, did: 'reopened',
    found: { contact: 'known', conversation: 'closed', session: 'expired', connections: 0 },
  })

  const back = await openTab(visitor, shop.network.url)
  await card(back).getByText(proactive.text).waitFor()
  expect(await panel(back).count()).toBe(0)
  expect(await launcher(back).getAttribute('aria-label')).toBe('Open chat, 1 unread message')
  await card(back).getByRole('button', { name: 'Reply' }).click()
  await field(back).waitFor()
  await write(back, 'Yes please, the blue one.')
  await expectTexts(back, ['Where is parcel 77?', 'It left this morning.', proactive.text, 'Yes please, the blue one.'])

  await bubble(desk, 'Yes please, the blue one.').waitFor()
  expect(await desk.locator('.bubble').allTextContents()).toEqual(['Where is parcel 77?', 'It left this morning.', proactive.text, 'Yes please, the blue one.'])
  expect(await textsIn(conversationId)).toEqual(['Where is parcel 77?', 'It left this morning.', proactive.text, 'Yes please, the blue one.'])
  await expect.poll(async () => (await beckon.getProactive(sent.id)).status).toBe('seen')
  const explained = await shop.command('explain', sent.messageId)
  expect(explained.code).toBe(0)
  for (const step of [/found .*closed/, /did .*reopen/, /accepted/, /sent/, /delivered|seen/, /now\s+seen/]) expect(explained.stdout).toMatch(step)
})

test('a tab left open shows the message at once, beside the launcher and in the panel', async () => {
  await using visitor = await shop.visitor()
  const { page, contactId, question } = await whoWasHelped(visitor)

  const first = await beckon.sendToContact(contactId, { ...proactive, text: 'With the panel open' })
  await expectTexts(page, [question, 'Not now, sorry.', 'With the panel open'])
  await page.keyboard.press('Escape')
  const second = await beckon.sendToContact(contactId, proactive)
  await card(page).getByText(proactive.text).waitFor()

  expect([first.did, second.did]).toEqual(['reopened', 'appended'])
  expect(second.found).toMatchObject({ conversation: 'open', session: 'active', connections: 1 })
  await expect.poll(async () => (await beckon.getProactive(second.id)).status).toBe('delivered')
})

test('a tab left open past the end of its session shows the message all the same', async () => {
  await sessionsLast('PT2S')
  await using visitor = await shop.visitor()
  const { page, contactId, question } = await whoWasHelped(visitor)
  const sessionsOf = async (): Promise<number> => (await beckon.listEvents({ contactId, types: ['session.expired'] })).entities.length
  const before = await sessionsOf()
  await expect.poll(sessionsOf, { timeout: 20_000 }).toBeGreaterThan(before)

  await beckon.sendToContact(contactId, proactive)

  await expectTexts(page, [question, 'Not now, sorry.', proactive.text])
})

test('with whenClosed "append" the guest finds the message, and the agents are left alone until there is an answer', async () => {
  await using visitor = await shop.visitor()
  const { page, conversationId, question } = await whoWasHelped(visitor)
  await page.close()

  const sent = await beckon.sendToConversation(conversationId, { ...proactive, policy: { whenClosed: 'append' } })
  expect(sent.did).toBe('appended')
  expect((await beckon.getConversation(conversationId)).status).toBe('closed')

  const back = await openTab(visitor, shop.network.url)
  await card(back).getByRole('button', { name: 'Reply' }).click()
  await expectTexts(back, [question, 'Not now, sorry.', proactive.text])
  expect((await beckon.getConversation(conversationId)).status).toBe('closed')
  await write(back, 'Then yes')
  await expectTexts(back, [question, 'Not now, sorry.', proactive.text, 'Then yes'])
  await expect.poll(async () => (await beckon.getConversation(conversationId)).status).toBe('open')
})

test('with whenClosed "startLinked" the message begins a conversation that knows the one before', async () => {
  await using visitor = await shop.visitor()
  const { page, conversationId } = await whoWasHelped(visitor)
  await page.close()

  const sent = await beckon.sendToConversation(conversationId, { ...proactive, policy: { whenClosed: 'startLinked' } })
  const linked = await beckon.getConversation(String(sent.conversationId))
  expect(sent.did).toBe('startedLinked')
  expect(linked).toMatchObject({ previousConversationId: conversationId, status: 'open', quiet: true })

  const back = await openTab(visitor, shop.network.url)
  await card(back).getByRole('button', { name: 'Reply' }).click()
  await field(back).waitFor()
  await write(back, 'Yes, in the new one')
  await expect.poll(() => textsIn(linked.id)).toEqual([proactive.text, 'Yes, in the new one'])
  expect((await beckon.getConversation(linked.id)).quiet).toBe(false)
  expect((await beckon.getConversation(conversationId)).status).toBe('closed')
})

test('with whenClosed "reject" the refusal names the call that would work, and it does', async () => {
  await using visitor = await shop.visitor()
  const { page, conversationId } = await whoWasHelped(visitor)
  await page.close()
  const send = { ...proactive, policy: { whenClosed: 'reject' as const } }

  const refusal: unknown = await beckon.sendToConversation(conversationId, send).catch((error: unknown) => error)
  if (!(refusal instanceof BeckonRefusal)) throw new Error('it was not refused')
  expect(refusal).toMatchObject({ status: 409, code: 'conversation_closed' })
  const [reopen] = refusal.problem.actions ?? []
  await beckon.request({ method: String(reopen?.method) as 'PATCH', path: String(reopen?.href), body: reopen?.body })
  const sent = await beckon.sendToConversation(conversationId, send)

  expect(sent.did).toBe('appended')
  const back = await openTab(visitor, shop.network.url)
  await card(back).getByText(proactive.text).waitFor()
})

test('with two tabs the message is on both, an answer in one is in the other, and nothing is there twice', async () => {
  await using visitor = await shop.visitor()
  const { page: one, contactId, conversationId, question } = await whoWasHelped(visitor)
  const other = await openTab(visitor, shop.network.url)
  await one.bringToFront()
  await one.keyboard.press('Escape')
  await expect.poll(async () => (await beckon.getReachability(contactId)).found?.connections).toBe(2)

  const sent = await beckon.sendToContact(contactId, proactive)
  await Promise.all([one, other].map((page) => card(page).getByText(proactive.text).waitFor()))
  await other.bringToFront()
  await card(other).getByRole('button', { name: 'Reply' }).click()
  await field(other).waitFor()
  await write(other, 'From the second tab')
  await expectTexts(other, [question, 'Not now, sorry.', proactive.text, 'From the second tab'])
  await one.bringToFront()
  await card(one).waitFor({ state: 'detached' })
  await openPanel(one)

  await expectTexts(one, [question, 'Not now, sorry.', proactive.text, 'From the second tab'])
  expect(sent.found.connections).toBe(2)
  expect(await textsIn(conversationId)).toEqual([question, 'Not now, sorry.', proactive.text, 'From the second tab'])
})

test('a network that is cut in the middle loses nothing and doubles nothing, on either side', async () => {
  await using visitor = await shop.visitor()
  const { page, conversationId, question } = await whoWasHelped(visitor)
  const expected = [question, 'Not now, sorry.']

  for (let round = 1; round <= 3; round += 1) {
    await write(page, `before cut ${round}`)
    shop.network.cut()
    await write(page, `during cut ${round}`)
    await beckon.sendToConversation(conversationId, { text: `meanwhile ${round}` })
    shop.network.mend()
    await write(page, `after cut ${round}`)
    await expect.poll(async () => (await textsIn(conversationId)).filter((text) => text.endsWith(` ${round}`)).length, { timeout: 20_000 }).toBe(4)
  }
  const stored = await textsIn(conversationId)

  await expectTexts(page, stored)
  expect(stored.slice(0, 2)).toEqual(expected)
  expect(new Set(stored).size).toBe(14)
  const ofTheGuest = stored.filter((text) => /cut/.test(text))
  expect(ofTheGuest).toEqual([1, 2, 3].flatMap((round) => [`before cut ${round}`, `during cut ${round}`, `after cut ${round}`]))
})

test('the printed curl reaches the guest who has just closed the tab', async () => {
  await using visitor = await shop.visitor()
  const { page, contactId } = await whoWasHelped(visitor)
  await page.close()

  const ran = await runProgram('sh', ['-c', shop.printed.curl])

  expect(ran.code).toBe(0)
  expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'sent', contactId })
  const back = await openTab(visitor, shop.network.url)
  await card(back).getByText('We kept your basket.').waitFor()
})
