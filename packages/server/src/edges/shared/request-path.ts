import type { FastifyRequest } from 'fastify'

/** The path that was asked for, as it was written and without its query. */
export function requestPath({ url }: Pick<FastifyRequest, 'url'>): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}
