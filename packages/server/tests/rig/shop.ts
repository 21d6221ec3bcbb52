import { createBeckon, type Beckon } from '@beckon/client'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { aCuttableNetwork, type CuttableNetwork } from './cuttable-network.ts'
import { runProgram, type Ran } from './program.ts'
import { commandLine, startServerProcess, type ServerProcess } from './server-process.ts'
import { aTemporaryDirectory } from './temporary-directory.ts'

/** The demonstration as `npm start` brings it up, known only by what it printed, and people with browsers around it. */
export interface Shop extends AsyncDisposable {
  /** What browsers call: a line to the server that can be cut. */
  readonly network: CuttableNetwork
  readonly printed: Printed
  /** The business's program, with the client that was printed. */
  readonly beckon: Beckon
  readonly deploymentId: string
  /** A person with a browser of their own. */
  readonly visitor: () => Promise<BrowserContext>
  /** An agent at the desk, signed in with the login that was printed. */
  readonly agent: () => Promise<Page>
  /** `beckon …` on a command line that knows the server. */
  readonly command: (...words: readonly string[]) => Promise<Ran>
}

/** What a newcomer reads. */
export interface Printed {
  readonly shop: string
  readonly desk: string
  readonly docs: string
  readonly adminPassword: string
  readonly clientId: string
  readonly clientSecret: string
  /** Lines of shell that reach the guest who has just left. */
  readonly curl: string
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export async function openShop(): Promise<Shop> {
  await using opening = new AsyncDisposableStack()
  const data = opening.use(aTemporaryDirectory())
  const network = opening.use(await aCuttableNetwork())
  const env = { BECKON_PORT: '0', BECKON_DATA_DIR: data.path, BECKON_PUBLIC_URL: network.url }
  const server = opening.use(await startServerProcess({ command: 'start', env }))
  network.leadTo(server.url)
  const printed = await readBanner(server)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
  opening.defer(() => browser.close())
  const { clientId, clientSecret } = printed
  const config: { deploymentId: string } = JSON.parse(await (await fetch(`${server.url}/demo/config.json`)).text())
  const stack = opening.move()
  return {
    network, printed,
    beckon: createBeckon({ url: server.url, clientId, clientSecret }),
    deploymentId: config.deploymentId,
    visitor: () => browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' }),
    agent: () => signIn(browser, printed),
    command: (...words) => runProgram(process.execPath, [commandLine, ...words], { BECKON_URL: server.url, BECKON_CLIENT_ID: clientId, BECKON_CLIENT_SECRET: clientSecret, NO_COLOR: '1' }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The banner follows the ready line. */
async function readBanner({ said, mentioned }: Pick<ServerProcess, 'said' | 'mentioned'>): Promise<Printed> {
  await mentioned('Ctrl-C')
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(said.stderr)?.[1]
    if (found === undefined) throw new Error(`${pattern} is not printed: ${said.stderr}`)
    return found
  }
  return {
    shop: find(/Shop page\s+(\S+)/), desk: find(/Desk\s+(\S+)/), docs: find(/API docs\s+(\S+)/),
    adminPassword: find(/sign in as admin, password (\S+)/),
    clientId: find(/OAuth client\s+(\S+)/), clientSecret: find(/its secret\s+(\S+)/),
    curl: find(/nothing but curl:\n\n([^]*?)\n\n/),
  }
}

async function signIn(browser: Browser, { desk, adminPassword }: Printed): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await page.goto(desk)
  await page.getByLabel('Name').fill('admin')
  await page.getByLabel('Password').fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Lists' }).waitFor()
  return page
}
