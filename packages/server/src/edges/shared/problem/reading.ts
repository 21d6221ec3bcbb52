import { scopesFor, servedRows, type Action, type Operation } from '@beckon/protocol'

/** The call that reads what stands at a path, if programs can read it. */
export function readingAt(path: string): Action | undefined {
  const segments = path.split('/')
  const row = servedRows.find((one) => one.method === 'GET' && isForPrograms(one) && isAt(one, segments))
  return row && { method: 'GET', href: path, ...scopeFor(row, undefined) }
}

/** Credentials of other kinds do not go along with an action. */
export function isForPrograms({ auth }: Operation): boolean {
  return auth === 'bearer' || auth === 'none'
}

/** The narrowest scope that this use of a row needs, as an action names it. */
export function scopeFor(row: Operation, body: unknown): { readonly scope?: string } {
  const [scope] = scopesFor(row, body)
  return scope === undefined ? {} : { scope }
}

function isAt({ path }: Operation, segments: readonly string[]): boolean {
  const parts = path.split('/')
  return parts.length === segments.length && parts.every((part, index) => part.startsWith('{') || part === segments[index])
}
