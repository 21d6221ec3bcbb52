import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The width up to which the panel takes the whole screen; the same as in the style sheets. */
const narrow = '(max-width: 480px)'

/** Whether the panel covers the screen; while it does, it follows the part that the keyboard leaves free. */
export function useFullScreen(panel: RefObject<HTMLElement | null>): boolean {
  const [isFullScreen, setFullScreen] = useState(() => matchMedia(narrow).matches)
  useEffect(() => {
    const query = matchMedia(narrow)
    const heard = (): void => setFullScreen(query.matches)
    query.addEventListener('change', heard)
    return () => query.removeEventListener('change', heard)
  }, [])
  useEffect(() => {
    const viewport = globalThis.visualViewport
    if (!isFullScreen || viewport === null) return undefined
    const page = document.documentElement
    const { overflow } = page.style
    const fit = (): void => {
      panel.current?.style.setProperty('--free-height', `${viewport.height}px`)
      panel.current?.style.setProperty('--free-top', `${viewport.offsetTop}px`)
    }
    page.style.overflow = 'hidden'
    fit()
    viewport.addEventListener('resize', fit)
    viewport.addEventListener('scroll', fit)
    return () => {
      page.style.overflow = overflow
      viewport.removeEventListener('resize', fit)
      viewport.removeEventListener('scroll', fit)
    }
  }, [isFullScreen])
  return isFullScreen
}
