import { createGuest, type GuestOptions } from '../create-guest.ts'
import type { Guest, GuestEntry } from '../guest.ts'
import { fakeSurroundings, type FakeSurroundings } from './fake-surroundings.ts'
import { createScriptedServer, type ScriptedServer } from './scripted-server.ts'

/** A guest, a server that does as it is told, and the clock both of them live by. */
export interface Stage {
  readonly server: ScriptedServer
  readonly time: FakeSurroundings
  readonly guest: Guest
  /** Another guest object of the same browser: a second tab, or the page after a reload. */
  readonly anotherTab: (options?: Partial<GuestOptions>) => Guest
}

export function guestStage(options: Partial<GuestOptions> = {}, random?: () => number): Stage {
  const time = fakeSurroundings(random)
  const server = createScriptedServer(time.now)
  let kept: string | undefined
  const tokens = {
    read: () => kept,
    write: (token: string) => {
      kept = token
    },
  }
  const anotherTab = (more: Partial<GuestOptions> = {}): Guest =>
    createGuest({
      url: 'http://server.test',
      deploymentId: 'd1',
      tokens,
      surroundings: time,
      openSocket: server.open,
      ...options,
      ...more,
    })
  return { server, time, guest: anotherTab(), anotherTab }
}

/** What the guest would read, conversation by conversation. */
export function textsOf(guest: Guest): readonly string[] {
  return entriesOf(guest).map((entry) => entry.text)
}

export function entriesOf(guest: Guest): readonly GuestEntry[] {
  return guest.state().threads.flatMap((thread) => thread.entries)
}
