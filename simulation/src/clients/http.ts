import type { Chance } from '../world/chance.ts'
import type { Place } from '../world/cluster.ts'
import type { Node } from '../world/node.ts'
import type { VirtualTime } from '../world/virtual-time.ts'

/** What becomes of a request: an answer, or how there came to be none. */
export type Outcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Nobody took the connection: the request was never heard. */
  | { readonly kind: 'refused' }
  /** The connection broke, or the caller hung up: nobody knows. */
  | { readonly kind: 'lost'; readonly why: string }

export interface HttpGiven {
  readonly time: VirtualTime
  readonly chance: Chance
  readonly patience: number
}

export interface Asked<T> {
  readonly outcome: Promise<Outcome<T>>
  /** Hangs up. */
  readonly hangUp: () => void
}

/** One request to one node, with all that can come between. */
export function ask<T>({ time, chance, patience }: HttpGiven, { life, node }: Place, serve: (node: Node, onGone: (tell: () => void) => void) => Promise<T>): Asked<T> {
  const { promise, resolve } = Promise.withResolvers<Outcome<T>>()
  const gone: (() => void)[] = []
  const hangUp = (why: string): void => {
    resolve({ kind: 'lost', why })
    time.after(trip(chance), () => life.enter(() => gone.forEach((tell) => tell())))
  }
  if (!node) {
    time.after(trip(chance), () => resolve({ kind: 'refused' }))
    return { outcome: promise, hangUp: () => undefined }
  }
  const answer = (outcome: Outcome<T>): void => void time.after(trip(chance), () => resolve(outcome))
  life.whenEnded(() => time.after(trip(chance), () => resolve({ kind: 'lost', why: 'the connection was reset' })))
  time.after(trip(chance), () =>
    life.enter(() => {
      serve(node, (tell) => gone.push(tell)).then(
        (value) => answer({ kind: 'answered', value }),
        (error: unknown) => answer({ kind: 'failed', error }),
      )
    }),
  )
  time.after(patience, () => hangUp('no answer in time'))
  return { outcome: promise, hangUp: () => hangUp('hung up') }
}

function trip(chance: Chance): number {
  return chance.percent(95) ? chance.between(1, 30) : chance.between(30, 1500)
}
