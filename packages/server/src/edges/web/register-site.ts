import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { nothingAt } from './nothing-at.ts'
import type { WebDeps } from './register.ts'
import { embeddableHeaders, pageHeaders, plainHeaders } from './security-headers.ts'

interface Tree {
  readonly root: string
  readonly prefix: string
  readonly headersOf: (file: string) => Readonly<Record<string, string>>
}

/** A name that carries a hash of its content never means anything else. */
const hashedName = /[.-][A-Za-z0-9_]{8,}\.(js|css|woff2|svg|png)$/
const forEver = 'public, max-age=31536000, immutable'
const briefly = 'public, max-age=300'
const neverStale = 'no-cache'

/** The demo page, the widget and the desk. */
export function registerSite(app: FastifyInstance, { publicUrl, demoDeploymentId, places }: WebDeps): void {
  app.get('/demo/config.json', (request, reply) => {
    if (demoDeploymentId === undefined) throw nothingAt(request.url)
    return reply.headers({ ...plainHeaders, 'cache-control': neverStale }).send({ deploymentId: demoDeploymentId })
  })
  serve(app, {
    root: places.demo, prefix: '/',
    headersOf: (file) => ({ ...(file.endsWith('.html') ? pageHeaders('demo', publicUrl) : plainHeaders), 'cache-control': neverStale }),
  })
  serve(app, {
    root: places.widget, prefix: '/widget/',
    headersOf: (file) => ({ ...embeddableHeaders, 'cache-control': hashedName.test(file) ? forEver : briefly }),
  })
  serve(app, {
    root: places.desk, prefix: '/desk/',
    headersOf: (file) => ({
      ...(file.endsWith('.html') ? pageHeaders('desk', publicUrl) : plainHeaders),
      'cache-control': hashedName.test(file) ? forEver : neverStale,
    }),
  })
  serveDeskAddresses(app, places.desk, publicUrl)
}

/** An address within the desk is the desk: what it shows is read from the address by the page itself. */
function serveDeskAddresses(app: FastifyInstance, root: string, publicUrl: string): void {
  const file = join(root, 'index.html')
  if (!existsSync(file)) return
  const headers = { ...pageHeaders('desk', publicUrl), 'cache-control': neverStale }
  for (const path of ['/desk', '/desk/*']) {
    app.get(path, (request, reply) => {
      if (/^[^?]*\.\w+(\?|$)/.test(request.url)) throw nothingAt(request.url)
      return reply.headers(headers).type('text/html; charset=utf-8').send(readFileSync(file))
    })
  }
}

function serve(app: FastifyInstance, { root, prefix, headersOf }: Tree): void {
  if (!existsSync(root)) return
  void app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root, prefix,
      // One route a file: what is not there is left to whoever answers unknown routes.
      wildcard: false,
      redirect: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, file) => void reply.headers(headersOf(file)),
    })
  })
}
