import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Attendance } from '../attend/attend.ts'

export interface PanelContext extends Attendance {
  /** Puts the focus where writing goes on, before the element that has it disappears and leaves the keyboard nowhere. */
  readonly refocus: () => void
}

const context = createContext<PanelContext | undefined>(undefined)

export const PanelProvider = context.Provider

/** Guest, strings, locale and looks, for every view of the panel. */
export function usePanel(): PanelContext {
  const panel = useContext(context)
  if (panel === undefined) throw new Error('a view of the panel is used outside of it')
  return panel
}
