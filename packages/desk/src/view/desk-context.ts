import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Desk } from '../state/desk.ts'
import type { DeskState } from '../state/desk-state.ts'

export const DeskContext = createContext<Desk | undefined>(undefined)

/** The desk that this page shows. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === undefined) throw new Error('This view is used outside of a desk.')
  return desk
}

/** The state of the desk; the view is drawn anew when it changes. */
export function useDeskState(): DeskState {
  const { store } = useDesk()
  return useSyncExternalStore(store.subscribe, store.get)
}
