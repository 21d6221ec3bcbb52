import type { Count } from './node-message.ts'

/** Who is on one node, and how often, by name (`audience.ts`), with a sum by which two lists are known to be the same. */
export interface Roll {
  readonly size: number
  /** Of 32 bits; does not depend on the order in which names came. */
  readonly sum: number
  get(name: string): number
  /** 0 takes the name out. */
  set(name: string, count: number): void
  clear(): void
  counts(): readonly Count[]
}

export function createRoll(): Roll {
  const byName = new Map<string, number>()
  let sum = 0
  return {
    get size() {
      return byName.size
    },
    get sum() {
      return sum
    },
    get: (name) => byName.get(name) ?? 0,
    set(name, count) {
      const was = byName.get(name) ?? 0
      sum = (sum + Math.imul(hashOf(name), count - was)) >>> 0
      if (count > 0) byName.set(name, count)
      else byName.delete(name)
    },
    clear() {
      byName.clear()
      sum = 0
    },
    counts: () => [...byName],
  }
}

/** 32 bits by FNV-1a, for what only accidents are to be found out of. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
