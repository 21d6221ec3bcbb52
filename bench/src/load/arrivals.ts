/** Counts what arrives, and says when there is enough. */
export interface Arrivals {
  readonly add: (count: number) => void
  readonly reached: (count: number) => Promise<void>
}

export function countArrivals(): Arrivals {
  let total = 0
  let waiting: { readonly count: number; readonly resolve: () => void }[] = []
  return {
    add: (count) => {
      total += count
      const done = waiting.filter((one) => one.count <= total)
      if (done.length === 0) return
      waiting = waiting.filter((one) => one.count > total)
      for (const { resolve } of done) resolve()
    },
    reached: (count) => new Promise((resolve) => {
      if (total >= count) resolve()
      else waiting.push({ count, resolve })
    }),
  }
}
