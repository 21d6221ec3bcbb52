import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createBeckon, type Beckon } from '@beckon/client'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { builtManifest } from './built.ts'

/** A server as a person starts it, a browser, and a shop whose deployment is made for one test. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  readonly beckon: Beckon
  readonly visitor: (options?: VisitorOptions) => Promise<Visitor>
}

export interface VisitorOptions extends BrowserContextOptions {
  /** Settings of the deployment that differ from the default. */
  readonly deployment?: Omit<Parameters<Beckon['createDeployment']>[0], 'name'>
}

/** One person with one browser: as many tabs as they like, all of the same deployment. */
export interface Visitor extends AsyncDisposable {
  readonly context: BrowserContext
  readonly deploymentId: string
  readonly tab: () => Promise<Tab>
  /** The conversation that this visitor has begun. */
  readonly conversationId: () => Promise<string>
  readonly contactId: () => Promise<string>
}

export interface Tab {
  readonly page: Page
  /** Whatever the browser complained about: errors, and violations of the content security policy. */
  readonly complaints: readonly string[]
  /** Paths of everything that was fetched. */
  readonly fetched: readonly string[]
}

const client = { clientId: 'demo', clientSecret: 'demo-secret-for-development-only' }
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openStage(): Promise<Stage> {
  await using opening = new AsyncDisposableStack()
  const url = await startDemo(opening)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
  opening.defer(() => browser.close())
  const beckon = createBeckon({ url, ...client })
  const stack = opening.move()
  return {
    url,
    beckon,
    visitor: (options = {}) => welcome({ url, beckon, browser }, options),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

interface House {
  readonly url: string
  readonly beckon: Beckon
  readonly browser: Browser
}

async function welcome({ url, beckon, browser }: House, { deployment, ...browsing }: VisitorOptions): Promise<Visitor> {
  const looks = { title: 'Kiln & Quarry', greeting: 'Hello! Ask us anything.' }
  const { id } = await beckon.createDeployment({ name: 'shop', allowedDomains: ['127.0.0.1'], looks, ...deployment })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...browsing })
  await context.route('**/demo/config.json', (route) => route.fulfill({ json: { deploymentId: id } }))
  const conversation = async (): ReturnType<Beckon['getConversation']> => {
    const { entities } = await beckon.listConversations({ deploymentId: id })
    const [newest] = entities
    if (newest === undefined) throw new Error('this visitor has not written yet')
    return newest
  }
  return {
    context,
    deploymentId: id,
    tab: () => openTab(context, url),
    conversationId: async () => (await conversation()).id,
    contactId: async () => (await conversation()).contactId,
    [Symbol.asyncDispose]: () => context.close(),
  }
}

async function openTab(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage()
  const complaints: string[] = []
  const fetched: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await page.goto(url)
  await launcher(page).waitFor()
  return { page, complaints, fetched }
}

async function startDemo(stack: AsyncDisposableStack): Promise<string> {
  await builtManifest()
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-widget-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const program = join(import.meta.dirname, '../../cli/src/main.ts')
  const env = { PATH: process.env['PATH'], BECKON_PORT: '0', BECKON_DATA_DIR: dataDir }
  const server = spawn(process.execPath, [program, 'demo'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  stack.defer(async () => {
    if (server.kill()) await once(server, 'close')
  })
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith('{"ready"')) return String(JSON.parse(line).url)
  }
  throw new Error('the server ended before it was ready')
}

/** The parts of the messenger, as a person or a screen reader finds them. */
export const launcher = (page: Page) => page.locator('beckon-messenger .launcher')
export const panel = (page: Page) => page.getByRole('dialog', { name: 'Kiln & Quarry' })
export const field = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' })
export const card = (page: Page) => page.getByRole('region', { name: /^Message from/ })
export const messages = (page: Page) => page.locator('beckon-messenger .message')
export const liveRegion = (page: Page) => page.locator('beckon-messenger [aria-live="polite"]')

export async function openPanel(page: Page): Promise<void> {
  await launcher(page).click()
  await panel(page).waitFor()
}

export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** Waits for something to become true. Long, because the machine may be busy; nothing waits longer than it has to. */
export function eventually<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: 20_000 })
}

/** The visible texts of all messages, in order. */
export async function textsOn(page: Page): Promise<readonly string[]> {
  return page.locator('beckon-messenger .bubble').allInnerTexts()
}

/** Waits until the visible texts are these. */
export async function expectTexts(page: Page, texts: readonly string[]): Promise<void> {
  await eventually(() => textsOn(page)).toEqual(texts)
}
