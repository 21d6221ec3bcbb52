import type { Expected } from './model/state.ts'
import type { Seen } from './seen.ts'

/** Why this is not what was to be told, or nothing. */
export function differenceOf(seen: readonly Seen[], expected: readonly Expected[]): string | undefined {
  let rest = seen
  for (const one of expected) {
    const taken = 'catchUp' in one ? takeCatchUp(rest, one) : takeOne(rest, one)
    if (taken === undefined) return `expected ${describe(expected)} and saw ${describe([seen])}`
    rest = rest.slice(taken)
  }
  return rest.length === 0 ? undefined : `saw ${describe([rest])} beyond ${describe(expected)}`
}

function takeOne([first]: readonly Seen[], oneOf: readonly (Seen | '')[]): number | undefined {
  if (first !== undefined && oneOf.includes(first)) return 1
  return oneOf.includes('') ? 0 : undefined
}

function takeCatchUp(rest: readonly Seen[], { catchUp, isWhole, atLeast }: Extract<Expected, { readonly catchUp: unknown }>): number | undefined {
  const isEnd = catchUp.slice(catchUp.length - rest.length).every((seen, index) => seen === rest[index])
  const isEnough = isWhole ? rest.length === catchUp.length : rest.length >= atLeast && rest.length <= catchUp.length
  return isEnd && isEnough ? rest.length : undefined
}

function describe(told: readonly Expected[]): string {
  return JSON.stringify(told)
}
