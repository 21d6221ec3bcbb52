import { BeckonRefusal } from '@beckon/client'
import { createDoor } from './door.ts'
import { createInbox } from './inbox.ts'
import { followLive } from './live.ts'
import { createNavigation } from './navigation.ts'
import { createPeople } from './people.ts'
import { createThread, reasonOf } from './thread.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { Filter } from './filter.ts'
import type { Inbox } from './inbox.ts'
import type { People } from './people.ts'
import type { Thread } from './thread.ts'

/** Everything the desk can do; the views call it and show its store. */
export interface Desk {
  readonly store: DeskDeps['store']
  readonly inbox: Inbox
  readonly thread: Thread
  readonly people: People
  /** Finds out who is signed in, and begins. */
  readonly start: () => Promise<void>
  readonly signIn: (name: string, password: string) => Promise<void>
  readonly signOut: () => Promise<void>
  /** Changes list or conversation, and the address with it. */
  readonly show: (change: Partial<Filter>) => void
  /** Opens the conversation that many places further down the list. */
  readonly step: (places: number) => void
  /** The address was changed by the browser's own buttons. */
  readonly followAddress: () => void
  /** Runs something that may fail, and says so on the page when it does. */
  readonly attempt: (task: () => Promise<unknown>) => void
  /** Moves the page's clocks, and looks whether the guest is still there: the feed does not tell who comes and goes. */
  readonly tick: () => void
  readonly dismissNotice: () => void
}

export function createDesk(deps: DeskDeps): Desk {
  const { store } = deps
  const inbox = createInbox(deps)
  const thread = createThread(deps, inbox)
  const people = createPeople(deps)

  function attempt(task: () => Promise<unknown>): void {
    task().catch((error: unknown) => {
      if (error instanceof BeckonRefusal && error.status === 401) return door.leave('')
      store.update(() => ({ notice: reasonOf(error) }))
    })
  }

  const navigation = createNavigation(deps, { inbox, thread, people, attempt })
  const door = createDoor(deps, (signal) => {
    attempt(() => followLive(deps, { inbox, people, thread }, signal))
    navigation.openShown()
  })

  return {
    store,
    inbox,
    thread,
    people,
    attempt,
    start: door.start,
    signIn: door.signIn,
    signOut: door.signOut,
    show: navigation.show,
    step: navigation.step,
    followAddress: navigation.followAddress,
    tick: () => {
      store.update(() => ({ now: deps.now() }))
      if (store.get().phase === 'ready' && deps.isVisible()) navigation.lookAgain()
    },
    dismissNotice: () => store.update(() => ({ notice: '' })),
  }
}
