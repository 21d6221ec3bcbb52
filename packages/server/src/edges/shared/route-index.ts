import { closestPath, type ServedPath } from '@beckon/protocol'

/** Every route that is served, for telling a caller what they may have meant. */
export interface RouteIndex {
  add(method: string | readonly string[], pattern: string): void
  /** The verbs that this path is served with; none for an unknown path. */
  methodsAt(path: string): readonly string[]
  /** The documented path nearest to an unknown one, if any is near; of two, the one that knows the verb. */
  closestTo(method: string, path: string): ServedPath | undefined
}

export function createRouteIndex(): RouteIndex {
  const methodsByPattern = new Map<string, Set<string>>()
  return {
    add(method, pattern) {
      const methods = methodsByPattern.get(pattern) ?? new Set()
      for (const one of typeof method === 'string' ? [method] : method) methods.add(one)
      methodsByPattern.set(pattern, methods)
    },
    methodsAt(path) {
      const segments = path.split('/')
      const found = [...methodsByPattern].filter(([pattern]) => matches(pattern.split('/'), segments))
      return [...new Set(found.flatMap(([, methods]) => [...methods]))].toSorted()
    },
    closestTo(method, path) {
      const candidates = [...methodsByPattern].filter(([pattern]) => pattern.includes('/') && !isFile(pattern))
      return closestPath(method, path, candidates.map(([pattern, methods]) => ({ path: pattern.replaceAll(/:(\w+)/g, '{$1}'), methods: [...methods] })))
    },
  }
}

/** Pages and their files are not what a caller of the API misspelt. */
function isFile(pattern: string): boolean {
  return pattern.includes('*') || /\.(?!json$)\w+$/.test(pattern)
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, index) => part.startsWith(':') || part === segments[index])
}
