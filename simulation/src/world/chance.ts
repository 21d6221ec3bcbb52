import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance that repeats itself: the same seed and purpose draw the same numbers, whatever others draw. */
export interface Chance {
  /** Whole, both ends included. */
  between(least: number, most: number): number
  /** True in so many of a hundred cases. */
  percent(share: number): boolean
  oneOf<T>(things: readonly T[]): T
  fill(buffer: Buffer): void
}

export function createChance(seed: number, purpose: string): Chance {
  const generator = xoroshiro128plus(hashOf(`${String(seed)} ${purpose}`))
  const between: Chance['between'] = (least, most) => uniformInt(generator, least, most)
  return {
    between,
    percent: (share) => between(1, 100) <= share,
    oneOf(things) {
      const thing = things[between(0, things.length - 1)]
      if (thing === undefined) throw new Error('there is nothing to choose from')
      return thing
    },
    fill(buffer) {
      for (let index = 0; index < buffer.length; index += 1) buffer[index] = between(0, 255)
    },
  }
}

/** FNV-1a: spreads neighbouring seeds far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}
