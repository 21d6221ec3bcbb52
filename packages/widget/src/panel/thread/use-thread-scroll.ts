import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Row } from './rows.ts'

export interface ThreadScroll {
  readonly attach: (element: HTMLElement | null) => void
  readonly scrolled: () => void
  readonly toLatest: () => void
  /** Gives the focus to the thread, before a button inside it that has the focus goes away. */
  readonly focus: () => void
  /** As it was when this was rendered. */
  readonly isAtEnd: boolean
  /** As it is, for effects: the first look at a thread may already have moved away from its end. */
  readonly isAtEndNow: () => boolean
}

/** Closer than this to the end counts as being there: a hair's breadth must not stop the thread from following. */
const endPx = 48
/** Closer than this to the start asks for the page before. */
const startPx = 160

/** Keeps the thread where the reader expects it: at the end while they are there, else exactly where they look. */
export function useThreadScroll(rows: readonly Row[], nearStart: () => void): ThreadScroll {
  const view = useRef<HTMLElement | null>(null)
  const before = useRef<{ firstKey: string | undefined; height: number; ownKey: string | undefined } | undefined>(
    undefined,
  )
  const atEnd = useRef(true)
  const [isAtEnd, setAtEnd] = useState(true)
  const firstKey = rows.find((row) => row.kind === 'message')?.key
  const ownKey = rows.findLast((row) => row.kind === 'message' && row.isOwn)?.key

  useLayoutEffect(() => {
    const element = view.current
    if (element === null) return
    const last = before.current
    const hasWritten = last !== undefined && ownKey !== undefined && ownKey !== last.ownKey
    if (last === undefined || last.firstKey === undefined) toStart(element)
    else if (last.firstKey !== firstKey && !atEnd.current) element.scrollTop += element.scrollHeight - last.height
    else if (atEnd.current || hasWritten) element.scrollTop = element.scrollHeight
    before.current = { firstKey, height: element.scrollHeight, ownKey }
    scrolled()
  })

  const scrolled = useCallback(() => {
    const element = view.current
    if (element === null) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight <= endPx
    setAtEnd(atEnd.current)
    if (element.scrollTop <= startPx) nearStart()
  }, [nearStart])

  useLayoutEffect(() => {
    // A notice that appears, a keyboard, a field that grows: the thread gets smaller, and its end must not slip away.
    const observer = new ResizeObserver(() => {
      const element = view.current
      if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight
    })
    if (view.current !== null) observer.observe(view.current)
    return () => observer.disconnect()
  }, [])

  return {
    attach: (element) => {
      view.current = element
    },
    scrolled,
    toLatest: () => view.current?.scrollTo({ top: view.current.scrollHeight, behavior: 'smooth' }),
    focus: () => view.current?.focus({ preventScroll: true }),
    isAtEnd,
    isAtEndNow: () => atEnd.current,
  }
}

/** What was missed is read from its beginning; without anything missed, the end is the place to be. */
function toStart(element: HTMLElement): void {
  const divider = element.querySelector('.new')
  element.scrollTop = element.scrollHeight
  if (divider instanceof HTMLElement) {
    element.scrollTop = Math.min(element.scrollTop, divider.offsetTop - element.offsetTop - 12)
  }
}
