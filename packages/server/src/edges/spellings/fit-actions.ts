import { scopesFor, servedRows, type Action, type Operation } from '@beckon/protocol'
import { sufficientScope } from '../shared/operation/scope-check.ts'
import type { Principal } from '../shared/principal.ts'

/** The calls that this caller could make now come first, each with the scope of theirs that suffices; then those that need another. */
export function fitActions(actions: readonly Action[], principal: Principal): readonly Action[] {
  const fitted = actions.map((action) => {
    const row = rowOf(action)
    const own = row && sufficientScope(principal, scopesFor(row, action.body))
    return { isTheirs: own !== undefined, action: own === undefined ? action : { ...action, scope: own } }
  })
  return [...fitted.filter(({ isTheirs }) => isTheirs), ...fitted.filter(({ isTheirs }) => !isTheirs)].map(({ action }) => action)
}

function rowOf({ method, href }: Action): Operation | undefined {
  const segments = (href.split('?')[0] ?? '').split('/')
  const matching = servedRows.filter((row) => row.method === method && matches(row.path.split('/'), segments))
  return matching.toSorted((one, other) => parameters(one) - parameters(other))[0]
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, index) => part.startsWith('{') || part === segments[index])
}

/** Of two paths that match, the one with fewer parameters is served. */
function parameters({ path }: Operation): number {
  return path.split('{').length
}
