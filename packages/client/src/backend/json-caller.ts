import { parseAnswer } from './wire-json.ts'
import { paged } from './page.ts'
import type { Page, Paged } from './page.ts'
import type { Call, CallOptions, QueryValue, Transport } from './transport.ts'

/** Speaks JSON over a transport; the operations are written in terms of this. */
export interface JsonCaller {
  /** Resolves with the parsed body, or with null when there is none (204). */
  readonly call: <Answer>(call: Call) => Promise<Answer>
  readonly get: <Answer>(path: string, options?: CallOptions, query?: Query) => Promise<Answer>
  readonly list: <Entity>(path: string, options?: CallOptions, query?: Query) => Paged<Page<Entity>, Entity>
  readonly post: <Answer>(path: string, body: unknown, options?: CallOptions) => Promise<Answer>
  readonly patch: <Answer>(path: string, body: unknown, options?: CallOptions) => Promise<Answer>
  readonly remove: (path: string, options?: CallOptions) => Promise<void>
  /** The body as it is, whatever it is. */
  readonly bytes: (path: string, options?: CallOptions) => Promise<Blob>
}

export type Query = Readonly<Record<string, QueryValue>>

export function createJsonCaller(transport: Transport): JsonCaller {
  async function call<Answer>(wanted: Call): Promise<Answer> {
    const { status, headers, text } = await transport.send(wanted)
    wanted.options?.onAnswer?.({ status, headers })
    return parseAnswer<Answer>(text === '' ? 'null' : text)
  }

  function get<Answer>(path: string, options: CallOptions = {}, query: Query = {}): Promise<Answer> {
    return call({ method: 'GET', path, query, options })
  }

  return {
    call,
    get,
    list: <Entity>(path: string, options?: CallOptions, query?: Query) =>
      paged<Page<Entity>, Entity>(get(path, options, query), (nextUri) => get(pathOf(nextUri), options)),
    post: (path, body, options = {}) => call({ method: 'POST', path, body, options }),
    patch: (path, body, options = {}) => call({ method: 'PATCH', path, body, options }),
    bytes: async (path, options = {}) => {
      const { status, headers, bytes = new Blob([]) } = await transport.send({ method: 'GET', path, wantsBytes: true, headers: { accept: '*/*' }, options })
      options.onAnswer?.({ status, headers })
      return bytes
    },
    remove: async (path, options = {}) => {
      await call({ method: 'DELETE', path, options })
    },
  }
}

/** Builds a path whose inserted values cannot break out of their segment. */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)))
}

/** A server behind a proxy may name itself in `nextUri`; only the path matters, the base address is ours. */
function pathOf(nextUri: string): string {
  const { pathname, search } = new URL(nextUri, 'http://beckon.invalid')
  return pathname + search
}
