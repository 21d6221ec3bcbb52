import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { createBeckon, createGuest } from '@beckon/client'
import type { Browser, Page } from 'playwright-core'
import type { Beckon, Guest } from '@beckon/client'

/** A demo server as a person starts it, a browser, and guests at its door. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  readonly beckon: Beckon
  readonly browser: Browser
  /** The desk in a browser of its own, signed in; complaints of the page are collected. */
  readonly desk: (search?: string) => Promise<{ readonly page: Page; readonly complaints: readonly string[] }>
  /** A guest on the shop page who has written this. */
  readonly guest: (text: string) => Promise<Guest>
}

const login = { name: 'admin', password: 'admin-for-development-only' }
const client = { clientId: 'demo', clientSecret: 'demo-secret-for-development-only' }

export async function openStage(): Promise<Stage> {
  await using opening = new AsyncDisposableStack()
  const url = await startDemo(opening)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  opening.defer(() => browser.close())
  const guests = opening.use(new DisposableStack())
  const { deploymentId } = JSON.parse(await (await fetch(`${url}/demo/config.json`)).text())
  const stack = opening.move()

  return {
    url,
    browser,
    beckon: createBeckon({ url, ...client }),
    desk: (search = '') => openDesk(browser, url, search),
    guest: async (text) => {
      const guest = createGuest({ url, deploymentId: String(deploymentId) })
      guests.defer(guest.disconnect)
      guest.connect()
      await guest.send(text).entry
      return guest
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function startDemo(stack: AsyncDisposableStack): Promise<string> {
  await run([join(import.meta.dirname, '../build.ts')])
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-desk-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const program = join(import.meta.dirname, '../../cli/src/main.ts')
  const env = { PATH: process.env['PATH'], BECKON_PORT: '0', BECKON_DATA_DIR: dataDir }
  const server = spawn(process.execPath, [program, 'demo'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  stack.defer(async () => {
    if (server.kill()) await once(server, 'close')
  })
  const [line] = await once(createInterface({ input: server.stdout }), 'line')
  return String(JSON.parse(String(line)).url)
}

async function openDesk(browser: Browser, url: string, search: string) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The first look for a cookie is answered with 401, which the browser always notes.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
  })
  await page.goto(`${url}/desk${search}`)
  await page.getByLabel('Name').fill(login.name)
  await page.getByLabel('Password').fill(login.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Lists' }).waitFor()
  return { page, complaints }
}

async function run(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, words, { stdio: 'inherit' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}`)
}
