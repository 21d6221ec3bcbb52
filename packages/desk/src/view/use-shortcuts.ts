import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import type { Desk } from '../state/desk.ts'

interface ShortcutTargets {
  readonly isEnabled: boolean
  readonly open: (dialog: 'shortcuts' | 'reachOut') => void
}

/** The desk by keyboard. Keys typed into a field are text; only Ctrl-Enter and Escape mean something there. */
export function useShortcuts(desk: Desk, { isEnabled, open }: ShortcutTargets): void {
  useEffect(() => {
    if (!isEnabled) return undefined
    const ending = (task: (conversationId: string) => Promise<void>) => (): void => {
      const { conversationId } = desk.store.get().filter
      if (conversationId !== undefined) desk.attempt(() => task(conversationId))
    }
    return tinykeys(window, {
      j: () => desk.step(1),
      k: () => desk.step(-1),
      r: focusing('reply'),
      '/': focusing('search'),
      e: ending(desk.thread.close),
      o: ending(desk.thread.reopen),
      n: prevented(() => open('reachOut')),
      // Layouts differ in whether ? needs Shift.
      '?': prevented(() => open('shortcuts')),
      'Shift+?': prevented(() => open('shortcuts')),
    })
  }, [desk, isEnabled, open])
}

function focusing(id: string): (event: KeyboardEvent) => void {
  return prevented(() => document.getElementById(id)?.focus())
}

/** Otherwise the key would also be typed into what it has just opened. */
function prevented(act: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    event.preventDefault()
    act()
  }
}
