import type { Clock } from '@beckon/core'
import { createBoundedMap } from '../bounded-map.ts'
import { createRateLimiter } from './rate-limiter.ts'

/** What came of an attempt: what the right secret opens, nothing for a wrong one, or how long to wait before the next is looked at. */
export type Attempt<T> = { readonly judged: T | undefined } | { readonly waitSeconds: number }

/** Keeps anybody from trying out secrets. Only wrong ones count. */
export interface GuessLimits {
  /**
   * Judges what an address presents for a name, after whatever it presented before: a thousand at once are no way around
   * the limit, and any number of right ones at once do not meet it.
   */
  attempt<T>(address: string, name: string, judge: () => Promise<T | undefined>): Promise<Attempt<T>>
}

/** Ten for one name from one address, then one in ten seconds; a hundred from one address over all names, then one a second. */
const perName = { perSecond: 0.1, burst: 10 }
const perAddress = { perSecond: 1, burst: 100 }

/** Names that got in from an address: no stranger behind the same address locks them out by guessing at others. */
const mostProven = 20_000

/** By address and name together, so that a stranger elsewhere cannot lock the owner of the name out. */
export function createGuessLimits(clock: Clock): GuessLimits {
  const byName = createRateLimiter(perName, clock)
  const byAddress = createRateLimiter(perAddress, clock)
  const proven = createBoundedMap<string, true>(mostProven)
  const inTurn = createTurns()

  const judgeOne = async <T>(address: string, name: string, judge: () => Promise<T | undefined>): Promise<Attempt<T>> => {
    const pair = `${address} ${name}`
    const buckets = [{ limiter: byName, key: pair }, ...(proven.get(pair) ? [] : [{ limiter: byAddress, key: address }])]
    const taken = buckets.map(({ limiter, key }) => limiter.take(key))
    const waitSeconds = Math.max(0, ...taken.map(({ isAllowed, resetSeconds }) => (isAllowed ? 0 : resetSeconds)))
    if (waitSeconds > 0) return { waitSeconds }
    const giveBack = (): void => buckets.forEach(({ limiter, key }) => limiter.giveBack(key))
    try {
      const judged = await judge()
      if (judged !== undefined) {
        giveBack()
        proven.set(pair, true)
      }
      return { judged }
    } catch (error) {
      giveBack()
      throw error
    }
  }
  return { attempt: (address, name, judge) => inTurn(address, () => judgeOne(address, name, judge)) }
}

/** Lets what concerns one key happen one after the other. */
function createTurns(): <T>(key: string, act: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (key, act) => {
    const before = last.get(key)
    const turn = before === undefined ? act() : before.then(act, act)
    last.set(key, turn)
    const leave = (): void => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(leave, leave)
    return turn
  }
}
