/** Which of the numbered messages of other nodes were heard. */
export interface Repeats {
  /** `next`: as it should come. `ahead`: some before it are missing or late. `late`: was missing until now. `repeated`: heard before, or too old to tell. */
  place(stream: string, n: number): 'next' | 'ahead' | 'late' | 'repeated'
}

interface Heard {
  last: number
  /** Those before the last that have not come. */
  readonly missing: Set<number>
}

/** Streams of messages, two for each node, with those of nodes that have gone since. */
const mostStreams = 1000
/** What is later than that is taken for heard. */
const mostMissing = 1000

export function createRepeats(): Repeats {
  const byStream = new Map<string, Heard>()

  function begin(stream: string, n: number): void {
    const [first] = byStream.keys()
    if (byStream.size >= mostStreams && first !== undefined) byStream.delete(first)
    byStream.set(stream, { last: n, missing: new Set() })
  }

  return {
    place(stream, n) {
      const heard = byStream.get(stream)
      if (!heard) {
        begin(stream, n)
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
