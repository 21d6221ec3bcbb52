import type { Page } from '@beckon/core'
import type { AnswerExtras } from '../../shared/operation/operation-call.ts'
import { writePageCursor } from '../../shared/page-cursor.ts'

export interface RenderedPage<T> {
  readonly entities: readonly T[]
  readonly pageSize: number
  readonly nextUri?: string
}

/** What a page was asked for by: its path and its query, which the next one keeps but for the place. */
export interface AskedPage {
  readonly path: string
  readonly query: Readonly<Record<string, unknown>>
}

export const defaultPageSize = 25

export function renderPage<T, R>(page: Page<T>, asked: AskedPage, render: (entity: T) => R): { readonly status: 200; readonly body: RenderedPage<R> } & AnswerExtras {
  const pageSize = typeof asked.query['pageSize'] === 'number' ? asked.query['pageSize'] : defaultPageSize
  const next = page.next === undefined ? undefined : nextUri(asked, { cursor: writePageCursor(asked.path, page.next) })
  const body = { entities: page.entities.map(render), pageSize }
  return next === undefined ? { status: 200, body } : { status: 200, body: { ...body, nextUri: next }, headers: { link: linkNext(next) } }
}

/** The same call, going on at another place. */
export function nextUri({ path, query }: AskedPage, place: Readonly<Record<string, string | number>>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, ...place })) parameters.set(name, String(value))
  return `${path}?${parameters.toString()}`
}

/** RFC 8288. */
export function linkNext(uri: string): string {
  return `<${uri}>; rel="next"`
}
