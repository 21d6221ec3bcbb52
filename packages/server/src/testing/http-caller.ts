import { allScopes } from '@beckon/core'
import type { Action } from '@beckon/protocol'
import type { ComposedWorld } from './composed-world.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; an empty object where there is none. */
  readonly body: ReturnType<typeof JSON.parse>
}

export interface HttpRequest {
  readonly token?: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly payload?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls over a real connection: what a program elsewhere sees. */
export type HttpCall = (route: string, request?: HttpRequest) => Promise<HttpAnswer>

export async function listen(world: ComposedWorld): Promise<HttpCall> {
  const url = await world.app.listen({ host: '127.0.0.1', port: 0 })
  return async (route, { token, body, payload, headers } = {}) => {
    const [method = 'GET', path = '/'] = route.split(' ')
    const sent = payload ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
    const parsed: unknown = isJson ? JSON.parse(text) : {}
    return { status: response.status, headers: response.headers, text, body: parsed }
  }
}

/** Makes the call that a refusal suggests, exactly as it stands there, with its scope if it names one and the caller's token otherwise. */
export async function follow(world: ComposedWorld, call: HttpCall, { method, href, body, scope }: Action, ownToken: string): Promise<HttpAnswer> {
  const token = scope === undefined ? ownToken : (await world.issue(allScopes.filter((one) => one === scope))).token
  return call(`${method} ${href}`, { token, ...(body === undefined ? {} : { body }) })
}
