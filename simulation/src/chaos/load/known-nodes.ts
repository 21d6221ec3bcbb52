/** The addresses of an installation as one caller uses them: it stays with one as long as that answers, and moves on when it does not. */
export interface KnownNodes {
  readonly current: () => string
  /** `from` did not answer: the next one is current, unless somebody has moved on from it already. */
  readonly moveOn: (from: string) => void
}

export function knowNodes(urls: readonly string[], first: number): KnownNodes {
  let at = first % urls.length
  const current = (): string => urls[at] ?? ''
  return {
    current,
    moveOn(from) {
      if (from === current()) at = (at + 1) % urls.length
    },
  }
}
