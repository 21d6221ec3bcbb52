import { readFileSync } from 'node:fs'
import { openapi } from '@beckon/protocol'
import type { FastifyInstance } from 'fastify'
import { comingFromPage } from './docs/coming-from-page.ts'
import { eventsPage } from './docs/events-page.ts'
import { faqPage } from './docs/faq-page.ts'
import { operationPages, operationsPage } from './docs/operation-pages.ts'
import { renderPage } from './docs/page.ts'
import { refusalPages, refusalsPage } from './docs/refusal-pages.ts'
import { scopesPage } from './docs/scopes-page.ts'
import { startPage } from './docs/start-page.ts'
import { transcriptPage } from './docs/transcript/transcript-page.ts'
import { nothingAt } from './nothing-at.ts'
import type { WebDeps } from './register.ts'
import { pageHeaders, plainHeaders } from './security-headers.ts'

const cacheBriefly = { 'cache-control': 'public, max-age=300' }

/** The documentation, rendered from the tables that the server itself runs on, and the same as OpenAPI. */
export function registerDocs(app: FastifyInstance, { publicUrl, version }: Pick<WebDeps, 'publicUrl' | 'version'>): void {
  const pages = onDemand(() => pagesByPath(publicUrl))
  const style = onDemand(() => readFileSync(new URL('docs/docs.css', import.meta.url)))
  const description = onDemand(() => JSON.stringify(openapi({ publicUrl, version })))
  const headers = { ...pageHeaders('docs', publicUrl), ...cacheBriefly }

  app.get('/docs/docs.css', (_request, reply) => reply.headers({ ...plainHeaders, ...cacheBriefly }).type('text/css; charset=utf-8').send(style()))
  app.get('/openapi.json', (_request, reply) =>
    reply.headers({ ...plainHeaders, ...cacheBriefly, 'access-control-allow-origin': '*' }).type('application/json').send(description()),
  )
  for (const path of ['/docs', '/docs/*']) {
    app.get(path, (request, reply) => {
      const page = pages().get(withoutTail(request.url))
      if (page === undefined) throw nothingAt(request.url)
      return reply.headers(headers).type('text/html; charset=utf-8').send(page)
    })
  }
}

function pagesByPath(publicUrl: string): ReadonlyMap<string, string> {
  const pages = [
    startPage(publicUrl), operationsPage(), ...operationPages(publicUrl), eventsPage(), transcriptPage(), refusalsPage(), ...refusalPages(publicUrl), scopesPage(), comingFromPage(publicUrl), faqPage(publicUrl),
  ]
  return new Map(pages.map((page) => [page.path, renderPage(page)]))
}

function withoutTail(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/(?<=.)\/$/, '')
}

/** Made when first asked for: most servers that start are never asked for their documentation. */
function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
