/** Which of the numbered messages of other nodes were heard. */
export interface Repeats {
  /** `next`: as it should come. `ahead`: some before it are missing or late. `late`: was missing until now. `repeated`: heard before, or too old to tell. */
  place(node: string, n: number): 'next' | 'ahead' | 'late' | 'repeated'
}

interface Heard {
  last: number
  /** Those before the last that have not come. */
  readonly missing: Set<number>
}

/** More nodes than an installation has, with those that have gone since. */
const mostNodes = 256
/** What is later than that is taken for heard. */
const mostMissing = 1000

export function createRepeats(): Repeats {
  const byNode = new Map<string, Heard>()

  function begin(node: string, n: number): void {
    const [longestAgo] = byNode.keys()
    if (byNode.size >= mostNodes && longestAgo !== undefined) byNode.delete(longestAgo)
    byNode.set(node, { last: n, missing: new Set() })
  }

  return {
    place(node, n) {
      const heard = byNode.get(node)
      if (!heard) {
        begin(node, n)
        return 'next'
      }
      if (n <= heard.last) return heard.missing.delete(n) ? 'late' : 'repeated'
      const isNext = n === heard.last + 1
      for (let one = Math.max(heard.last + 1, n - mostMissing); one < n; one += 1) heard.missing.add(one)
      for (const oldest of heard.missing) {
        if (heard.missing.size <= mostMissing) break
        heard.missing.delete(oldest)
      }
      heard.last = n
      return isNext ? 'next' : 'ahead'
    },
  }
}
