import { createSequenceIds } from '@beckon/core/testing'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { operationIds, problemCodes } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { createHttpServer } from '../shared/http-server.ts'
import { registerWeb } from './register.ts'

const files = {
  'demo/index.html': '<!doctype html>demo', 'demo/shop.css': 'p {}', 'demo/favicon.svg': '<svg/>',
  'widget/loader.js': 'loader', 'widget/chunk-A1B2C3D4.js': 'chunk',
  'desk/index.html': '<!doctype html>desk', 'desk/assets/desk-A1B2C3D4.js': 'desk',
}

function aSite(isBuilt = true) {
  const root = mkdtempSync(join(tmpdir(), 'beckon-web-'))
  for (const [name, content] of Object.entries(isBuilt ? files : {})) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  const app = createHttpServer({ log: { warn: () => undefined, error: () => undefined }, ids: createSequenceIds(), publicUrl: 'https://chat.example' })
  registerWeb(app, {
    publicUrl: 'https://chat.example', version: '1.2.3', demoDeploymentId: 'shop',
    places: { demo: join(root, 'demo'), widget: join(root, 'widget'), desk: join(root, 'desk') },
  })
  return {
    get: (url: string) => app.inject(url),
    async [Symbol.asyncDispose]() {
      await app.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

test('the demo page is served under a policy that lets nothing inline run', async () => {
  await using site = aSite()

  const page = await site.get('/')

  expect([page.statusCode, page.body]).toEqual([200, '<!doctype html>demo'])
  expect(page.headers['content-security-policy']).toContain("default-src 'self'")
  expect(page.headers['content-security-policy']).toContain("connect-src 'self' wss://chat.example")
  expect(page.headers['content-security-policy']).not.toContain('unsafe')
  expect((await site.get('/shop.css')).headers['content-type']).toContain('text/css')
  expect((await site.get('/demo/config.json')).json()).toEqual({ deploymentId: 'shop' })
})

test('other sites may load the widget, and keep its hashed parts for ever', async () => {
  await using site = aSite()

  const [loader, chunk] = [await site.get('/widget/loader.js'), await site.get('/widget/chunk-A1B2C3D4.js')]

  expect(loader.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=300' })
  expect(chunk.headers['cache-control']).toBe('public, max-age=31536000, immutable')
})

test('the desk is one page that nobody may frame, wherever in it the address leads', async () => {
  await using site = aSite()

  for (const url of ['/desk', '/desk/', '/desk/conversations/0198a3c2?status=open']) {
    const page = await site.get(url)
    expect([page.statusCode, page.body]).toEqual([200, '<!doctype html>desk'])
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  }
  expect((await site.get('/desk/assets/desk-A1B2C3D4.js')).body).toBe('desk')
  expect((await site.get('/desk/assets/gone.js')).statusCode).toBe(404)
})

test.each(['/../package.json', '/widget/..%2f..%2fpackage.json', '/widget/'])('%s leads nowhere', async (url) => {
  await using site = aSite()

  expect((await site.get(url)).statusCode).toBeGreaterThanOrEqual(400)
})

test('a server without the built files answers 404 for them and serves the rest', async () => {
  await using site = aSite(false)

  const statuses = await Promise.all(['/', '/widget/loader.js', '/desk', '/docs', '/openapi.json'].map(async (url) => (await site.get(url)).statusCode))

  expect(statuses).toEqual([404, 404, 404, 200, 200])
})

test('there is a page for every operation and for every refusal, and no link within the documentation is dead', async () => {
  await using site = aSite()
  const wanted = [...operationIds.map((id) => `/docs/api/${id}`), ...problemCodes.map((code) => `/docs/errors/${code}`), '/docs/scopes', '/docs/events', '/docs/faq']
  const seen = new Map<string, string>()

  for (const start of ['/docs', ...wanted]) {
    const page = await site.get(start)
    expect([start, page.statusCode, page.headers['content-type']]).toEqual([start, 200, 'text/html; charset=utf-8'])
    seen.set(start, page.body)
  }
  const links = new Set([...seen.values()].flatMap((body) => [...body.matchAll(/href="([^"#]+)/g)].map((match) => match[1] ?? '')))
  const statuses = await Promise.all([...links].map(async (link) => [link, (await site.get(link)).statusCode]))

  expect(statuses.filter(([, status]) => status !== 200)).toEqual([])
  expect([...seen.values()].join('')).not.toMatch(/<script[ >]|style="|undefined|\[object/)
})

test('the documentation may load its own style sheet and nothing else', async () => {
  await using site = aSite()

  const page = await site.get('/docs/errors/insufficient_scope')

  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'/)
  expect((await site.get('/docs/docs.css')).headers['content-type']).toContain('text/css')
  expect((await site.get('/docs/nothing')).statusCode).toBe(404)
})

test('the description for programs names this server and its version', async () => {
  await using site = aSite()

  expect((await site.get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' }, servers: [{ url: 'https://chat.example' }] })
})
