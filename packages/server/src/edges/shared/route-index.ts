import { editDistance } from './closest-name.ts'

/** Every route that is served, for telling a caller what they may have meant. */
export interface RouteIndex {
  add(method: string | readonly string[], pattern: string): void
  /** The verbs that this path is served with; none for an unknown path. */
  methodsAt(path: string): readonly string[]
  /** The documented spelling nearest to an unknown path, if any is near: `/contacts/{contactId}`. */
  closestTo(path: string): string | undefined
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
    closestTo(path) {
      const segments = path.split('/').filter((segment) => segment !== '')
      const candidates = [...methodsByPattern.keys()].filter((pattern) => pattern.includes('/') && !isFile(pattern))
      const ranked = candidates.map((pattern) => ({ pattern, distance: distance(pattern.split('/').filter((one) => one !== ''), segments) }))
      const best = ranked.toSorted((one, other) => one.distance - other.distance)[0]
      return best && best.distance <= farthest ? best.pattern.replaceAll(/:(\w+)/g, '{$1}') : undefined
    },
  }
}

/** Pages and their files are not what a caller of the API misspelt. */
function isFile(pattern: string): boolean {
  return pattern.includes('*') || /\.(?!json$)\w+$/.test(pattern)
}

/** More than this many segments' worth of difference is another path, not a misspelt one. */
const farthest = 1.5

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, index) => part.startsWith(':') || part === segments[index])
}

/** Segments to replace, add or take away, a misspelt one counting in part: Levenshtein's over segments. */
function distance(pattern: readonly string[], segments: readonly string[]): number {
  let row = Array.from({ length: segments.length + 1 }, (_, index) => index)
  for (const [i, part] of pattern.entries()) {
    const next = [i + 1]
    for (const [j, segment] of segments.entries()) {
      const replaced = (row[j] ?? 0) + difference(part, segment)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[segments.length] ?? 0
}

const longestSegment = 80

function difference(part: string, segment: string): number {
  if (part.startsWith(':')) return /\d/.test(segment) ? 0 : 0.9
  if (part === segment) return 0
  return Math.min(1, editDistance(part, segment.slice(0, longestSegment)) / Math.max(part.length, 4))
}
