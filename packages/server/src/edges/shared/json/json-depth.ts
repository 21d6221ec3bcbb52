/** Deeper than anything that is asked here, and far from where walking through a value exhausts the stack. */
const deepest = 100

export const tooDeep = `is nested more than ${deepest} levels deep`

/** Whether a value must not be walked through. `text` is the JSON that it was read from: few brackets spare the look at the value. */
export function isTooDeep(text: string, value: unknown): boolean {
  return openings(text) > deepest && isDeeperThan(deepest, value)
}

function openings(text: string): number {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) count += 1
  }
  return count
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item))
}
