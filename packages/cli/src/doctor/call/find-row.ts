import { closestPath, genesysOperations, isOperationId, servedRows, spellings, type Operation, type Spelling } from '@beckon/protocol'
import type { ShellWord } from './shell-words.ts'

export interface Place {
  /** Elsewhere's, when the line names another product; without credentials. */
  readonly host?: string
  readonly path: string
  readonly query: URLSearchParams
}

/** The part of an address that counts: whose host it is does not matter here, nor what a variable in its place holds. */
export function placeOf({ text }: ShellWord): Place {
  const [, before = '', path = '', query = ''] = /^([a-z][\w+.-]*:\/\/[^/?#]*|\$\{?\w+\}?|\{\{[^}]*\}\}|[\w.-]+(?::\d+)?(?=\/))?([^?#]*)\??([^#]*)/i.exec(text) ?? []
  const host = before.replace(/^[a-z][\w+.-]*:\/\//i, '').replace(/^.*@/, '')
  const isName = /^[\w.-]+(?::\d+)?$/.test(host)
  return { path: path === '' ? '/' : path, query: new URLSearchParams(query), ...(isName ? { host } : {}) }
}

export type Kind = 'documented' | 'spelling' | 'official'

/** A row that answers the call, with the ids that stand in its path. */
export interface Match {
  readonly row: Operation
  readonly kind: Kind
  readonly params: Readonly<Record<string, string>>
}

export type Found =
  | ({ readonly found: 'row' } & Match)
  | { readonly found: 'path'; readonly methods: readonly string[] }
  | { readonly found: 'nothing'; readonly closest?: string }

/** What answers this verb at this path; else what is served there, or near it. */
export function findRow(method: string, path: string): Found {
  const verb = method === 'HEAD' ? 'GET' : method
  const here = servedRows.flatMap((row) => {
    const params = paramsAt(row.path, path)
    return params ? [{ row, params }] : []
  })
  const [best] = here.filter(({ row }) => row.method === verb).toSorted((one, other) => Object.keys(one.params).length - Object.keys(other.params).length)
  if (best) return { found: 'row', ...best, kind: kindOf(best.row) }
  if (here.length > 0) return { found: 'path', methods: [...new Set(here.map(({ row }) => row.method))].toSorted() }
  const closest = closestPath(verb, path, servedRows.map((row) => ({ path: row.path, methods: [row.method] })))
  return { found: 'nothing', ...(closest === undefined ? {} : { closest: `${closest.methods.join(', ')} ${closest.path}` }) }
}

/** The row as a spelling of the field, if it is one. */
export function spellingOf({ operationId }: Operation): Spelling | undefined {
  return Object.values<Spelling>(spellings).find((one) => one.operationId === operationId)
}

function kindOf(row: Operation): Kind {
  if (isOperationId(row.operationId)) return 'documented'
  return Object.values<Operation>(genesysOperations).includes(row) ? 'official' : 'spelling'
}

function paramsAt(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const [parts, segments] = [pattern.split('/'), path.split('/')]
  if (parts.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined
    } else if (segment === '') return undefined
    else params[part.slice(1, -1)] = segment
  }
  return params
}
