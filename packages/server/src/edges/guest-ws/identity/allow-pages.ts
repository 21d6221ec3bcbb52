import type { FastifyInstance, FastifyRequest } from 'fastify'

/** What a page of another origin may ask these paths for. No cookie counts here, so any page may: it shows what it has. */
const allowed = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '7200' }

/** Answers the question that a browser asks before the call of a page, and lets the page read the call's answer (Fetch, section 3.2). */
export function allowPages(app: FastifyInstance, paths: readonly { readonly method: string; readonly url: string }[]): void {
  const urls = new Map<string, readonly string[]>()
  for (const { method, url } of paths) urls.set(url, [...(urls.get(url) ?? []), method])
  for (const [url, methods] of urls) {
    app.options(url, (_request, reply) => reply.code(204).headers({ ...allowed, 'access-control-allow-methods': methods.join(', ') }).send())
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (urls.has(routeOf(request)) && request.method !== 'OPTIONS') void reply.header('access-control-allow-origin', '*')
    done()
  })
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? ''
}
