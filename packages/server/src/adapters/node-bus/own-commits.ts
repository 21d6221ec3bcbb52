import type { Store } from '@beckon/core'

/** Which of this node's commits have yet to be answered: their events may be in the store, and are not to be told by anybody else. */
export interface OwnCommits {
  /** Counts a commit as under way until it is answered. */
  watch<T>(answer: Promise<T>): Promise<T>
  /** To ask with later. */
  mark(): number
  /** Whether everything that was under way at the mark has been answered. */
  isAnswered(mark: number): boolean
}

export function createOwnCommits(): OwnCommits {
  /** In the order in which they began. */
  const underWay = new Set<number>()
  let begun = 0
  return {
    watch(answer) {
      const place = (begun += 1)
      underWay.add(place)
      return answer.finally(() => underWay.delete(place))
    },
    mark: () => begun,
    isAnswered(mark) {
      const [oldest] = underWay
      return oldest === undefined || oldest > mark
    },
  }
}

/** The store, with what is decided through it counted. */
export function watchCommits(store: Store, ownCommits: Pick<OwnCommits, 'watch'>): Store {
  return {
    ...store,
    get epoch() {
      return store.epoch
    },
    transact: (work) => ownCommits.watch(store.transact(work)),
  }
}
