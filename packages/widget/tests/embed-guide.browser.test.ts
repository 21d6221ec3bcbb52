import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launcher, openStage, panel, type Stage } from './stage.ts'

let stage: Stage
let guide: string

beforeAll(async () => {
  stage = await openStage()
  guide = await readFile(join(import.meta.dirname, '../../../docs/guides/embed-the-widget.md'), 'utf8')
})
afterAll(() => stage[Symbol.asyncDispose]())

/** The guide's blocks with this opening, as they would be written for the server of this test. */
function blocks(opening: string, deploymentId: string): readonly string[] {
  const written = guide
    .replaceAll('127.0.0.1:8080', new URL(stage.url).host)
    .replaceAll('01900000-0000-7000-8000-000000000001', deploymentId)
  return Array.from(written.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)).flatMap(([, kind, text]) =>
    kind === opening && text !== undefined ? [text] : [],
  )
}

/** Somebody's own site under the policy that the guide prescribes. What is inline in the guide is in a file here. */
async function openSite(deploymentId: string, html: string) {
  const inline = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  const page = html.replace(
    /<script type="module">[\s\S]*?<\/script>/,
    '<script type="module" src="/inline.js"></script>',
  )
  const policy = `default-src 'none'; ${blocks('text policy', deploymentId).join('').trim().replace('script-src', "script-src 'self'")}`
  const commands = blocks('js in-page', deploymentId).join('\n')
  const files: Readonly<Record<string, string>> = { '/inline.js': inline, '/commands.js': commands }
  const server = createServer((request, response) => {
    const file = files[request.url ?? '']
    if (file !== undefined) return response.setHeader('content-type', 'text/javascript').end(file)
    response.setHeader('content-security-policy', policy)
    return response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title>${page}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.close().closeAllConnections()
    },
  }
}

const commands = '<script src="/commands.js"></script>'

test.for([
  {
    name: 'the snippet, with commands before it',
    html: (found: readonly string[]) => `${commands}${found[0]}`,
    opens: true,
  },
  { name: 'the module', html: (found: readonly string[]) => found[1] ?? '', opens: true },
  { name: 'the element', html: (found: readonly string[]) => found[2] ?? '', opens: false },
])('works on another site under the policy of the guide: $name', async ({ html, opens }) => {
  await using visitor = await stage.visitor()
  const { deploymentId, context } = visitor
  await using site = await openSite(deploymentId, html(blocks('html', deploymentId)))
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : undefined))
  page.on('pageerror', (error) => complaints.push(error.message))

  await page.goto(site.url)
  await launcher(page).waitFor()
  if (!opens) await launcher(page).click()
  await panel(page).waitFor()

  expect(complaints.filter((text) => !text.includes('/favicon.ico'))).toEqual([])
})

test('runs commands that came before the loader', async () => {
  await using visitor = await stage.visitor()
  const { deploymentId, context } = visitor
  await using site = await openSite(deploymentId, `${commands}${blocks('html', deploymentId)[0]}`)
  const page = await context.newPage()

  await page.goto(site.url)
  await panel(page).waitFor()

  await expect.poll(() => page.evaluate(() => document.documentElement.className)).toBe('chat-ready chat-open')
})
