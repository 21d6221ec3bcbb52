import type { Beckon } from '@beckon/client'
import type { DeskState } from './desk-state.ts'
import type { Store } from './store.ts'

/** What the desk is built on. Tests hand in their own. */
export interface DeskDeps {
  readonly beckon: Beckon
  readonly store: Store<DeskState>
  readonly now: () => number
  readonly newId: () => string
  /** Keeps small texts across reloads of the page. */
  readonly keep: { readonly get: (key: string) => string | undefined; readonly set: (key: string, value: string) => void }
  /** The page's query string. */
  readonly address: { readonly read: () => string; readonly write: (search: string) => void }
  /** Is somebody looking at the page? Only then does reading count as seeing. */
  readonly isVisible: () => boolean
}
