import { createBeckon, systemSurroundings } from '@beckon/client'
import { initialState } from './state/desk-state.ts'
import { createDesk } from './state/desk.ts'
import { parseFilter } from './state/filter.ts'
import { createStore } from './state/store.ts'
import { keptDrafts } from './state/thread.ts'
import type { DeskDeps } from './state/desk-deps.ts'
import type { Desk } from './state/desk.ts'

/** The desk of this page: its own server, its clock, its storage, its address. */
export function createSystemDesk(): Desk {
  const keep = createKeep()
  const { now, newId } = systemSurroundings()
  return createDesk({
    beckon: createBeckon({ url: '', agentCookie: true }),
    store: createStore(initialState(parseFilter(location.search), keptDrafts(keep), now())),
    now,
    newId,
    keep,
    address: { read: () => location.search, write: (search) => history.pushState(null, '', location.pathname + search) },
    isVisible: () => document.visibilityState === 'visible',
  })
}

/** Storage may be forbidden by the browser; drafts then live as long as the page. */
function createKeep(): DeskDeps['keep'] {
  return {
    get: (key) => {
      try {
        return localStorage.getItem(key) ?? undefined
      } catch {
        return undefined
      }
    },
    set: (key, value) => {
      try {
        localStorage.setItem(key, value)
      } catch {
        // Nothing is lost yet: the draft is still on the page.
      }
    },
  }
}
